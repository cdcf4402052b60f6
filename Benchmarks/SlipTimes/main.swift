import Glibc
import Groundwork
import Hall
import Seal
import Settings
import SlipRender
import Slips
import YAMLDocuments

// How long slips take to be drawn when everything is warm: a ticket's, the demo catalogue's notices in turn, and a notice of
// thirty materials, in milliseconds, as one line of JSON. Arguments: the demo's configuration, how often.

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

/// Milliseconds by the clock, and of the process's own processor time, which does not contain other work of the machine.
struct Taken {
  let clock: Double
  let processor: Double
}

func processorMilliseconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) * 1000 + Double(time.tv_nsec) / 1e6
}

func milliseconds(_ document: SlipDocument) async throws -> Taken {
  let before = processorMilliseconds()
  let took = try await clock.measure { _ = try await renderer.render(document, paperWidthDots: 576) }
  return Taken(
    clock: Double(took.components.attoseconds) / 1e15 + Double(took.components.seconds) * 1000,
    processor: processorMilliseconds() - before)
}

func ticket(_ turn: Int) -> SlipDocument {
  TicketSlip(
    slip: SlipID("\(turn)"), hallName: rules.identity.name, number: number, code: PublicCode(entropy: UInt64(turn)),
    ahead: turn % 10, windows: [1, 2, 3], issuedAt: moment
  ).document()
}

func notice(_ turn: Int, _ item: Item? = nil) -> SlipDocument {
  let contact = NoticeSlip.Contact(
    name: rules.identity.name, address: rules.address, hours: rules.hoursText, consultPhone: rules.consultPhone,
    supervisePhone: rules.supervisePhone)
  return NoticeSlip(
    slip: SlipID("\(turn)"), hall: contact, item: item ?? items[turn % items.count],
    number: "GZ-500151105-20261123-0042",
    code: PublicCode(entropy: UInt64(turn)), catalogueVersion: rules.catalogue.version,
    place: rules.place(of: item ?? items[turn % items.count]),
    printedAt: moment
  ).document()
}

/// Thirty materials as an office writes them, each with where it is from and how to get it.
let thirty = Item(
  code: "X-030", name: "困难残疾人生活补贴和重度残疾人护理补贴申请", initials: "", category: "残疾人服务", queueGroup: "民政救助",
  handledBy: .window,
  materials: (1...30).map { number in
    Material(
      name: "第\(number)项：户籍所在地（或经常居住地）出具的证明材料", kind: .originalAndCopy, originals: 1, copies: 1 + number % 3,
      necessity: .necessary, source: "政府部门核发（民政、残联、公安）", obtain: "到户籍所在地镇（街道）便民服务中心窗口领取，或在网上自助打印")
  }, steps: ["取号", "窗口受理", "审核", "公示", "发放"], legalLimit: TimeLimit(count: 30, unit: .workingDay),
  promisedLimit: TimeLimit(count: 20, unit: .workingDay))

func figures(_ name: String, _ times: [Taken]) -> String {
  let sorted = times.map(\.clock).sorted()
  let processor = times.map(\.processor).sorted()[times.count / 2]
  func hundredths(_ value: Double) -> Double { (value * 100).rounded() / 100 }
  let (middle, last) = (sorted[sorted.count / 2], sorted[min(sorted.count - 1, sorted.count * 99 / 100)])
  return "\"\(name)_p50_ms\":\(hundredths(middle)),\"\(name)_p99_ms\":\(hundredths(last)),"
    + "\"\(name)_processor_ms\":\(hundredths(processor))"
}

var tickets: [Taken] = []
var notices: [Taken] = []
var long: [Taken] = []
let first = try await milliseconds(ticket(0))
for turn in -items.count..<rounds {
  let (a, b) = (try await milliseconds(ticket(abs(turn))), try await milliseconds(notice(abs(turn))))
  // Each notice is drawn once before it is measured, so that every character is in the glyph cache.
  if turn >= 0 {
    tickets.append(a)
    notices.append(b)
    long.append(try await milliseconds(notice(turn, thirty)))
  }
}
print(
  "{\(figures("ticket", tickets)),\(figures("notice", notices)),\(figures("thirty_materials", long.count > 1 ? Array(long.dropFirst()) : long)),\"first_ticket_ms\":\(first.clock.rounded())}"
)
