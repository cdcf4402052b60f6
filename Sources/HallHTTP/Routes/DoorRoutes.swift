import Groundwork
import Hall
import Hummingbird
import Ports
import Views

/// What pages on other machines may ask about the hall's door.
struct DoorRoutes {
  let endpoint: CommandEndpoint

  func add(to router: Router<HallContext>) {
    let parts = endpoint.parts
    // Pages ask beforehand: once the certificate has ended they cannot connect, and then show the reason by themselves.
    router.get("v1/door") { _, _ in
      var json = JSONText()
      json.object { $0.field("certificate_until", parts.certificateUntil().map(parts.feed.rules.zone.rfc3339)) }
      return Response.json(json.bytes)
    }
  }
}
