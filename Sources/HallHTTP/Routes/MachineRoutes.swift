package import Groundwork
import HTTPTypes
import Hall
import Hummingbird
import Views

/// A machine of the hall, as staff see it.
package struct HallMachine: Hashable, Sendable {
  package let name: String
  package let isThisOne: Bool
  /// Since when it has been silent; nil while it is heard.
  package let silentSince: Timestamp?

  package init(name: String, isThisOne: Bool, silentSince: Timestamp?) {
    self.name = name
    self.isThisOne = isThisOne
    self.silentSince = silentSince
  }
}

/// The machines of a hall with several.
package struct HallMachines: Sendable {
  /// In the order of their names; empty in a hall with one machine, and before this one has heard of any.
  package var known: @Sendable () -> [HallMachine] = { [] }
  /// The addresses of all machines' doors, as browsers show them.
  package var doors: [String] = []

  package init() {}

  package init(doors: [String], known: @escaping @Sendable () -> [HallMachine]) {
    self.doors = doors
    self.known = known
  }
}

/// The machines of the hall, and where a console continues when its own machine is of no use.
struct MachineRoutes {
  let endpoint: CommandEndpoint

  func add(to router: Router<HallContext>) {
    let parts = endpoint.parts
    router.get("v1/machines") { _, context in
      _ = try context.requireSession()
      let zone = parts.feed.rules.zone
      var json = JSONText()
      json.object { json in
        json.strings("doors", parts.machines.doors)
        json.array("machines", parts.machines.known()) { json, machine in
          json.object { json in
            json.field("name", machine.name)
            json.field("this_one", machine.isThisOne)
            json.field("silent_since", machine.silentSince.map { zone.rfc3339($0) })
          }
        }
      }
      return Response.json(json.bytes)
    }
  }
}
