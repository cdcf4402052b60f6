import Groundwork
import Hall
import Seal
import Settings
import SlipRender
import Slips

// How long slips take to be drawn when everything is warm: a ticket's and the demo catalogue's notices in turn, in milliseconds,
// as one line of JSON. Arguments: the demo's configuration, how often.

let arguments = CommandLine.arguments
guard arguments.count == 3, let rounds = Int(arguments[2]), rounds > 0, let share = try? ShareFolder.find(),
  let settings = ConfigurationFile.load(arguments[1], models: share.models, sealing: HallSeal.withoutKey).value,
  let number = TicketNumber("A042")
else { preconditionFailure("usage: SlipTimes CONFIGURATION ROUNDS, with the demo's configuration") }

let rules = settings.rules
let items = rules.catalogue.items
let renderer = try SlipRenderer()
let clock = ContinuousClock()
let moment = Timestamp(milliseconds: 1_795_396_357_000)

func milliseconds(_ document: SlipDocument) async throws -> Double {
  let took = try await clock.measure { _ = try await renderer.render(document, paperWidthDots: 576) }
  return Double(took.components.attoseconds) / 1e15 + Double(took.components.seconds) * 1000
}

func ticket(_ turn: Int) -> SlipDocument {
  TicketSlip(
    slip: SlipID("\(turn)"), hallName: rules.identity.name, number: number, code: PublicCode(entropy: UInt64(turn)),
    ahead: turn % 10, windows: [1, 2, 3], issuedAt: moment
  ).document()
}

func notice(_ turn: Int) -> SlipDocument {
  let contact = NoticeSlip.Contact(
    name: rules.identity.name, address: rules.address, hours: rules.hoursText, consultPhone: rules.consultPhone,
    supervisePhone: rules.supervisePhone)
  return NoticeSlip(
    slip: SlipID("\(turn)"), hall: contact, item: items[turn % items.count], number: "GZ-500151105-20261123-0042",
    code: PublicCode(entropy: UInt64(turn)), catalogueVersion: rules.catalogue.version, windows: [1], printedAt: moment
  ).document()
}

func figures(_ name: String, _ times: [Double]) -> String {
  let sorted = times.sorted()
  func hundredths(_ value: Double) -> Double { (value * 100).rounded() / 100 }
  let (middle, last) = (sorted[sorted.count / 2], sorted[min(sorted.count - 1, sorted.count * 99 / 100)])
  return "\"\(name)_p50_ms\":\(hundredths(middle)),\"\(name)_p99_ms\":\(hundredths(last))"
}

var tickets: [Double] = []
var notices: [Double] = []
let first = try await milliseconds(ticket(0))
for turn in -items.count..<rounds {
  let (a, b) = (try await milliseconds(ticket(abs(turn))), try await milliseconds(notice(abs(turn))))
  // Each notice once before it counts, so that every character was drawn before.
  if turn >= 0 {
    tickets.append(a)
    notices.append(b)
  }
}
print("{\(figures("ticket", tickets)),\(figures("notice", notices)),\"first_ticket_ms\":\(first.rounded())}")
