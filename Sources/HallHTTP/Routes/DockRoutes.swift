import Hummingbird
import Views

/// The dock page of the demo's emulated hardware; exists in demo mode only.
struct DockRoutes {
  let endpoint: CommandEndpoint
  let dock: any DockBackend

  func add(to router: Router<HallContext>) {
    router.get("dock/state") { _, _ in await state() }
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
      return await state()
    }
    router.post("dock/readers/:kiosk") { request, context in
      let form = try RequestParser.read(HandForm.self, try await endpoint.body(request, context))
      let action = DockAction(action: form.action, kind: form.kind, card: form.card, text: form.text)
      guard await dock.work(readersOf: context.parameters.get("kiosk") ?? "", action) else { throw Problem.notFound }
      return await state()
    }
    router.post("dock/clock") { request, context in
      let form = try RequestParser.read(ClockForm.self, try await endpoint.body(request, context))
      guard dock.setClock(ahead: form.ahead) else { throw Problem.notFound }
      return await state()
    }
  }

  private func state() async -> Response {
    let state = await dock.state()
    var json = JSONText()
    json.object { json in state.write(into: &json) }
    return Response.json(json.bytes)
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

/// The demo's emulated hardware; exists in demo mode only.
package protocol DockBackend: Sendable {
  func state() async -> DockState
  /// Sets or clears a condition of a printer; false when there is no such printer or condition.
  func set(kiosk: String, condition: String, on: Bool) async -> Bool
  /// Operates a card reader or scanner; false when there is none, or no such action.
  func work(readersOf kiosk: String, _ action: DockAction) async -> Bool
  /// Shifts the hall's civil clock against the machine's by seconds; false outside its range.
  func setClock(ahead seconds: Int64) -> Bool
  /// A slip's picture.
  func slip(kiosk: String, name: String) async -> [UInt8]?
}

/// An action at the demo's card reader or scanner.
package struct DockAction: Hashable, Sendable {
  /// `lay`, `lift`, `scan`, `plug`, `unplug`, `stall`, `go_on`.
  package let action: String
  /// `card_reader` or `scanner`, for `plug`, `unplug`, `stall` and `go_on`.
  package let kind: String?
  /// The card: a kind, with a number for another person (`resident:1`), or `foreign`.
  package let card: String?
  /// The text of the scanned code.
  package let text: String?
}

/// The state of the demo's emulated hardware.
package struct DockState: Sendable {
  package struct Printer: Sendable {
    package let kiosk: String
    package let conditions: [String]
    package let isStalled: Bool
    package let hasPower: Bool
    package let breaksNext: Bool
    package let rollMillimetres: Int
    /// The newest first.
    package let slips: [Slip]

    package init(
      kiosk: String, conditions: [String], isStalled: Bool, hasPower: Bool, breaksNext: Bool, rollMillimetres: Int,
      slips: [Slip]
    ) {
      self.kiosk = kiosk
      self.conditions = conditions
      self.isStalled = isStalled
      self.hasPower = hasPower
      self.breaksNext = breaksNext
      self.rollMillimetres = rollMillimetres
      self.slips = slips
    }
  }

  /// A slip that came out, under the name by which `DockBackend.slip` gives its picture.
  package struct Slip: Sendable {
    package let name: String
    package let isWhole: Bool

    package init(name: String, isWhole: Bool) {
      self.name = name
      self.isWhole = isWhole
    }
  }

  /// The kinds of device that are plugged in at a kiosk.
  package struct Readers: Sendable {
    package let kiosk: String
    package let plugged: [String]

    package init(kiosk: String, plugged: [String]) {
      self.kiosk = kiosk
      self.plugged = plugged
    }
  }

  /// An agent's badge, which a hand can hold under a scanner.
  package struct Badge: Sendable {
    package let number: String
    package let code: String

    package init(number: String, code: String) {
      self.number = number
      self.code = code
    }
  }

  package let printers: [Printer]
  package let readers: [Readers]
  package let badges: [Badge]
  /// Seconds by which the hall's civil clock is ahead of the machine's.
  package let clockAhead: Int64

  package init(printers: [Printer], readers: [Readers], badges: [Badge], clockAhead: Int64) {
    self.printers = printers
    self.readers = readers
    self.badges = badges
    self.clockAhead = clockAhead
  }

  func write(into json: inout JSONText) {
    json.array("printers", printers) { json, printer in
      json.object { json in
        json.field("kiosk", printer.kiosk)
        json.strings("conditions", printer.conditions)
        json.field("stalled", printer.isStalled)
        json.field("powered", printer.hasPower)
        json.field("breaks_next", printer.breaksNext)
        json.field("roll_mm", printer.rollMillimetres)
        json.array("slips", printer.slips) { json, slip in
          json.object { json in
            json.field("name", slip.name)
            json.field("url", "/dock/slips/\(printer.kiosk)/\(slip.name)")
            json.field("whole", slip.isWhole)
          }
        }
      }
    }
    json.array("readers", readers) { json, readers in
      json.object { json in
        json.field("kiosk", readers.kiosk)
        json.strings("plugged", readers.plugged)
      }
    }
    json.array("badges", badges) { json, badge in
      json.object { json in
        json.field("number", badge.number)
        json.field("code", badge.code)
      }
    }
    json.field("clock_ahead", Int(clockAhead))
  }
}
