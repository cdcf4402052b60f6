import Hall
import Hummingbird
import Views

/// Requests that only a kiosk makes: help, and the demo's hardware.
struct KioskRoutes {
  let endpoint: CommandEndpoint

  func add(to router: Router<HallContext>) {
    router.post("v1/help") { request, context in
      try await endpoint.change(request, context, KioskForm.self, status: .created) { form in
        .help(.askForHelp(kiosk: try endpoint.kiosk(of: context, form.kiosk) ?? ""))
      } write: { outcome, views, json in
        guard case .help(let id) = outcome else { return }
        let ring = views.state.help.rings.first { $0.id == id }
        json.object { json in
          json.field("id", id)
          json.field("state", ring?.heardBy == nil ? "ringing" : "heard")
          json.field("escalated", ring?.isEscalated ?? false)
          json.field("listening", endpoint.parts.feed.hasStaff)
          views.reach(key: "reach", into: &json)
        }
      }
    }
    if let dock = endpoint.parts.dock { addDock(dock, to: router) }
  }

  private func addDock(_ dock: any DockBackend, to router: Router<HallContext>) {
    router.get("dock/state") { _, _ in Response.json(await dock.state()) }
    router.get("dock/slips/:kiosk/:name") { _, context in
      guard let kiosk = context.parameters.get("kiosk"), let name = context.parameters.get("name"),
        let picture = await dock.slip(kiosk: kiosk, name: name)
      else { throw Problem.notFound }
      return Response.bytes(picture, type: "image/png")
    }
    router.post("dock/printers/:kiosk") { request, context in
      let form = try RequestParser.read(ConditionForm.self, try await endpoint.body(request, context))
      guard await dock.set(kiosk: context.parameters.get("kiosk") ?? "", condition: form.condition, on: form.on) else {
        throw Problem.notFound
      }
      return Response.json(await dock.state())
    }
    router.post("dock/readers/:kiosk") { request, context in
      let form = try RequestParser.read(HandForm.self, try await endpoint.body(request, context))
      let action = DockAction(action: form.action, kind: form.kind, card: form.card, text: form.text)
      guard await dock.work(readersOf: context.parameters.get("kiosk") ?? "", action) else { throw Problem.notFound }
      return Response.json(await dock.state())
    }
    router.post("dock/clock") { request, context in
      let form = try RequestParser.read(ClockForm.self, try await endpoint.body(request, context))
      guard dock.setClock(ahead: form.ahead) else { throw Problem.notFound }
      return Response.json(await dock.state())
    }
  }
}

struct ClockForm: RequestForm {
  static let fields: Set<String> = ["ahead"]
  var ahead: Int64
}

struct HandForm: RequestForm {
  static let fields: Set<String> = ["action", "kind", "card", "text"]
  var action: String
  var kind: String?
  var card: String?
  var text: String?
}

struct ConditionForm: RequestForm {
  static let fields: Set<String> = ["condition", "on"]
  var condition: String
  var on: Bool
}
