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
    if let dock = endpoint.parts.dock { DockRoutes(endpoint: endpoint, dock: dock).add(to: router) }
  }
}
