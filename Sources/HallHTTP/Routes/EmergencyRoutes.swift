import Accounts
import Groundwork
import Hall
import Hummingbird
import Ports
import SecurityRecords
import Views

/// Silent calls for help from a console (无声求助).
///
/// They do not go through the registrar, because they have to work while the disk takes no writes. Each of them is
/// idempotent, so they need no idempotency key.
struct EmergencyRoutes {
  let endpoint: CommandEndpoint

  func add(to router: Router<HallContext>) {
    let parts = endpoint.parts
    router.get("v1/emergency") { _, context in
      _ = try context.requireStaff()
      let (keys, zone) = (parts.feed.rules.emergencyKeys, parts.feed.rules.zone)
      var json = JSONText()
      json.object { json in
        json.strings("keys", keys.keys)
        json.field("times", keys.times)
        EmergencyDesk.write(parts.emergencies.open, zone, into: &json)
      }
      return Response.json(json.bytes)
    }
    router.post("v1/emergency") { request, context in
      let session = try context.requireStaff()
      _ = try RequestParser.read(EmptyForm.self, try await endpoint.body(request, context))
      let (call, isNew) = parts.emergencies.raise(window: session.window, badge: session.badge)
      if isNew {
        parts.security.note(
          .emergencyRaised, [.badge: session.badge, .window: session.window.map(String.init), .source: context.source])
      }
      return answer(call, "raised", status: .created)
    }
    router.post("v1/emergency/:id/take") { request, context in
      let session = try context.requireStaff()
      _ = try RequestParser.read(EmptyForm.self, try await endpoint.body(request, context))
      let id = context.parameters.get("id") ?? ""
      guard let (call, isNew) = parts.emergencies.take(id, badge: session.badge) else { throw Problem.unknownEmergency }
      if isNew {
        parts.security.note(
          .emergencyTaken, [.badge: session.badge, .window: call.raised.window.map(String.init)])
      }
      return answer(call, "taken")
    }
    router.post("v1/emergency/:id/end") { request, context in
      let session = try context.requireStaff()
      let form = try RequestParser.read(EmergencyEndForm.self, try await endpoint.body(request, context))
      let (id, isFalse) = (context.parameters.get("id") ?? "", form.isFalse ?? false)
      guard let call = parts.emergencies.end(id, badge: session.badge, isFalse: isFalse) else {
        throw Problem.unknownEmergency
      }
      parts.security.note(
        .emergencyEnded,
        [
          .badge: session.badge, .window: call.raised.window.map(String.init),
          .why: isFalse ? "false" : nil,
        ])
      return answer(call, "ended")
    }
  }

  private func answer(_ call: Emergency, _ state: String, status: HTTPResponse.Status = .ok) -> Response {
    var json = JSONText()
    json.object { json in
      json.field("id", call.raised.id)
      json.field("state", state)
    }
    return Response.json(json.bytes, status: status)
  }
}

struct EmergencyEndForm: RequestForm {
  static let fields: Set<String> = ["false"]
  var isFalse: Bool?

  private enum CodingKeys: String, CodingKey {
    case isFalse = "false"
  }
}

extension Problem {
  fileprivate static var unknownEmergency: Problem {
    Problem(
      .notFound, "unknown_emergency", Words("这次求助已经结束", "This call has ended"),
      Words("不用再处理。", "Nothing is left to do."))
  }
}
