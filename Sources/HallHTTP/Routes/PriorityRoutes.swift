import Groundwork
import Hall
import Hummingbird
import Logging
import Ports
import Registrar
import Views

/// A clerk gives priority (优) to a ticket, or takes it back.
struct PriorityRoutes {
  let endpoint: CommandEndpoint

  func add(to router: Router<HallContext>) {
    router.post("v1/tickets/:id/priority") { request, context in
      let code = try endpoint.ticketCode(context)
      let marks = await endpoint.priorityMarks()
      return try await endpoint.change(request, context, PriorityForm.self) { form in
        .queue(
          .changePriority(ChangePriority(code: code, priority: form.priority, reason: try marks.mark(form.reason))))
      } write: { outcome, views, json in
        if case .ticket(let code) = outcome { views.ticket(code, into: &json) }
      }
    }
  }
}

/// Makes the marks under which reasons for priority are journaled, with the key of the open day.
struct PriorityMarks: Sendable {
  let parts: ServerDependencies
  /// Nil while no day is open: then there is no ticket that could have one.
  let day: CivilDate?

  /// Nil without a reason, and where the key cannot be used: priority is given all the same.
  func mark(_ reason: PriorityReason?) -> PriorityReasonMark? {
    guard let reason, let day, let marking = parts.marking else { return nil }
    let salt = parts.entropy.bits()
    do {
      let digest = try marking.pseudonym(of: Array(PriorityReasonMark.text(reason, salt: salt).utf8), on: day)
      return PriorityReasonMark(salt: salt, digest: digest)
    } catch {
      parts.logger.error("a reason for priority cannot be noted", metadata: ["why": "\(error)"])
      return nil
    }
  }

  /// - Throws: for a word that is no reason.
  func mark(_ word: String?) throws(Problem) -> PriorityReasonMark? {
    guard let word else { return nil }
    guard let reason = PriorityReason(rawValue: word) else {
      let words = PriorityReason.allCases.map(\.rawValue).joined(separator: ", ")
      throw .badRequest("bad_priority_reason", "优先的原因应为：\(words)。", "The reason of a priority is one of \(words).")
    }
    return mark(reason)
  }
}

extension CommandEndpoint {
  func priorityMarks() async -> PriorityMarks {
    PriorityMarks(parts: parts, day: await parts.registrar.read { state, _ in state.day?.date })
  }
}
