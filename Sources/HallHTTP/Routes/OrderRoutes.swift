import Hall
import Hummingbird
import Registrar
import Slips
import Views

/// Why one number was called before another, for staff: a sentence that they may read out, or print for the resident.
struct OrderRoutes {
  let endpoint: CommandEndpoint

  func add(to router: Router<HallContext>) {
    router.get("v1/order") { request, context in
      _ = try context.requireStaff()
      let query = request.uri.queryParameters
      let sentence = try await sentence(query.get("before"), query.get("after"))
      var json = JSONText()
      json.object { json in
        json.field("before", sentence.first.description)
        json.field("after", sentence.other.description)
        json.field("reason", sentence.reason.word)
        json.field("sentence", sentence.chinese())
        json.field("sentence_en", sentence.english())
        json.field("for_resident", sentence.chinese(forResident: true))
        json.field("for_resident_en", sentence.english(forResident: true))
      }
      return Response.json(json.bytes)
    }
    router.post("v1/order/print") { request, context in
      _ = try context.requireStaff()
      let form = try RequestParser.read(OrderForm.self, try await endpoint.body(request, context))
      let sentence = try await sentence(form.before, form.after)
      return try await printed(sentence, form)
    }
  }

  private func printed(_ sentence: OrderSentence, _ form: OrderForm) async throws -> Response {
    let rules = endpoint.parts.feed.rules
    let language = form.language ?? .chinese
    let outcome = await endpoint.parts.printUnrecorded(form.printer) { slip, at, zone in
      OrderSlip(
        slip: slip, hallName: rules.identity.name, sentence: sentence, language: language,
        supervisePhone: rules.supervisePhone, printedAt: at, zone: zone
      ).document()
    }
    switch outcome {
    case nil: throw Problem(.print(.noPrinter(form.printer)), zone: rules.zone)
    case .notSent:
      throw Problem(
        .serviceUnavailable, "not_printed", Problem.Words("没有打印出来", "It was not printed"),
        Problem.Words("请看打印机是否缺纸、开盖，再按一次；或者念给居民听。", "Look at the printer and press again, or read it out."))
    case .printed(.accepted): return state("sent")
    case .printed: return state("printed")
    case .unknown: return state("unknown")
    }
  }

  private func state(_ word: String) -> Response {
    var json = JSONText()
    json.object { $0.field("state", word) }
    return Response.json(json.bytes)
  }

  private func sentence(_ before: String?, _ after: String?) async throws(Problem) -> OrderSentence {
    let (before, after) = (try number(before), try number(after))
    let asked: Result<OrderReason, OrderQuestion> = await endpoint.parts.registrar.read { state, _ in
      guard let first = state.ticket(numbered: before), let other = state.ticket(numbered: after) else {
        return .failure(.unknown)
      }
      return Result { () throws(OrderQuestion) in try state.whyBefore(first, other) }
    }
    switch asked {
    case .success(let reason): return OrderSentence(reason, before, before: after, zone: endpoint.parts.feed.rules.zone)
    case .failure(let question): throw Problem(question)
    }
  }

  private func number(_ text: String?) throws(Problem) -> TicketNumber {
    guard let number = text.flatMap({ TicketNumber($0.uppercased()) }) else {
      throw .badRequest(
        "bad_number", "请写两个号码，例如 before=B012&after=A020。", "Give two numbers, as in before=B012&after=A020.")
    }
    return number
  }
}

extension Problem {
  init(_ question: OrderQuestion) {
    switch question {
    case .unknown:
      self = .unknownTicket
    case .same:
      self = .badRequest("same_number", "请写两个不同的号码。", "Give two different numbers.")
    case .differentDays:
      self = Problem(
        .conflict, "different_days", Words("两个号不是同一天的", "The numbers are of different days"),
        Words("只能比较同一天的号。", "Compare numbers of one day."))
    case .notCalled(let number):
      self = Problem(
        .conflict, "not_called", Words("\(number) 还没有叫到", "\(number) has not been called"),
        Words("叫到以后才能说明先后。", "The order can be explained once it was called."))
    case .calledLater(let first, let then):
      self = Problem(
        .conflict, "called_later", Words("\(then) 比 \(first) 先叫", "\(then) was called before \(first)"),
        Words("请把两个号码调换过来查。", "Ask the other way round."))
    }
  }
}
