import Hall
import Hummingbird
import Registrar
import Slips
import Views

/// Why one number was called before another, for staff: a sentence that they may read out.
struct OrderRoutes {
  let endpoint: CommandEndpoint

  func add(to router: Router<HallContext>) {
    router.get("v1/order") { request, context in
      _ = try context.requireStaff()
      let before = try number("before", request)
      let after = try number("after", request)
      let asked: Result<OrderReason, OrderQuestion> = await endpoint.parts.registrar.read { state, _ in
        guard let first = state.ticket(numbered: before), let other = state.ticket(numbered: after) else {
          return .failure(.unknown)
        }
        return Result { () throws(OrderQuestion) in try state.whyBefore(first, other) }
      }
      switch asked {
      case .success(let reason):
        let sentence = OrderSentence(reason, before, before: after, zone: endpoint.parts.feed.rules.zone)
        var json = JSONText()
        json.object { json in
          json.field("before", before.description)
          json.field("after", after.description)
          json.field("reason", reason.word)
          json.field("sentence", sentence.chinese())
          json.field("sentence_en", sentence.english())
          json.field("for_resident", sentence.chinese(forResident: true))
          json.field("for_resident_en", sentence.english(forResident: true))
        }
        return Response.json(json.bytes)
      case .failure(let question): throw Problem(question)
      }
    }
  }

  private func number(_ name: String, _ request: Request) throws(Problem) -> TicketNumber {
    guard let text = request.uri.queryParameters.get(name), let number = TicketNumber(text.uppercased()) else {
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
