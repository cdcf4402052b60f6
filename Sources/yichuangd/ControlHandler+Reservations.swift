import Control
import Groundwork
import Hall
import HallHTTP
import Ports
import Registrar

extension ControlHandler {
  /// The most faults that are listed; the others are counted.
  private static let told = 30

  /// Makes the reservations of every line of a table, or of none. In that case the answer says what is wrong with each line.
  func importReservations(_ text: String?) async -> ControlReply {
    let rules = await composition.registrar.rules
    guard let text, rules.reservations != nil else {
      return ControlReply(
        .refused, "this hall takes no reservations: write the section `reservations` first",
        zh: "本厅没有开预约：先在配置里写上 reservations 一节")
    }
    let table = ReservationTable(text, rules.catalogue)
    guard table.faults.isEmpty else { return Self.reply(table.faults) }
    let seal = composition.hall.seal
    // Checked first without sealing names and phones. Apart from the phone's pseudonym, no check depends on them.
    let plain = table.rows.map { make($0, contact: nil, phone: seal.phonePseudonym($0.contact?.phone)) }
    let now = composition.clock.now()
    let refusals = await composition.registrar.read { state, rules in
      state.faults(of: plain, rules, .operator, at: now)
    }
    let faults = zip(table.rows, refusals).compactMap { row, refusal -> ReservationTable.Fault? in
      refusal.map { refusal in
        let words = RefusalSentence(refusal, zone: rules.zone)
        return ReservationTable.Fault(line: row.line, chinese: words.chinese, english: words.english)
      }
    }
    guard faults.isEmpty else { return Self.reply(faults) }
    let all = table.rows.map { row in
      make(
        row, contact: row.contact.flatMap { try? composition.contacts.seal($0, for: row.date) },
        phone: seal.phonePseudonym(row.contact?.phone))
    }
    do throws(RegistrarFailure) {
      try await composition.registrar.submit(.reservation(.makeAll(all)), by: .operator) { _, _ in }
    } catch {
      guard case .refused(let refusal) = error else {
        return ControlReply(.disk, "nothing was taken: \(error)", zh: "没有导入：\(error)")
      }
      let words = RefusalSentence(refusal, zone: rules.zone)
      return ControlReply(
        .refused, "nothing was taken, because somebody reserved meanwhile: \(words.english)",
        zh: "没有导入，刚刚有人约了：\(words.chinese)")
    }
    return ControlReply(
      .done, "\(all.count) reservations are made", zh: "已导入 \(all.count) 个预约", ["made": .number(Int64(all.count))])
  }

  private func make(
    _ row: ReservationTable.Row, contact: SealedContact?, phone: HolderPseudonym?
  ) -> MakeReservation {
    MakeReservation(
      items: row.items, lane: row.lane, date: row.date, from: row.from, source: .file, contact: contact, phone: phone)
  }

  private static func reply(_ faults: [ReservationTable.Fault]) -> ControlReply {
    let shown = faults.prefix(told)
    let more = faults.count - shown.count
    let english = shown.map { "line \($0.line): \($0.english)" } + (more > 0 ? ["and \(more) more"] : [])
    let chinese = shown.map { "第 \($0.line) 行：\($0.chinese)" } + (more > 0 ? ["还有 \(more) 处"] : [])
    return ControlReply(
      .configuration, (["nothing was taken; mend these lines:"] + english).joined(separator: "\n"),
      zh: (["一行也没有导入，先改好这些："] + chinese).joined(separator: "\n"),
      [
        "faults": .list(
          faults.prefix(told).map {
            .object(["line": .number(Int64($0.line)), "english": .text($0.english), "chinese": .text($0.chinese)])
          })
      ])
  }
}
