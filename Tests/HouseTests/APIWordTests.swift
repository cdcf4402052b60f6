import Testing

/// Goal: docs/API.md lists every code and event that a program can receive, and no other.
@Suite("docs/API.md and docs/openapi.yaml list every word that the server can send")
struct APIWordTests {
  private let sources = APIWords.inSources(Tree.swift.filter { $0.path.hasPrefix("Sources/") }.map(\.text))

  @Test("problem codes, fault codes and feed events of docs/API.md are those of the sources")
  func page() throws {
    let page = APIWords.inPage(try Tree.text("docs/API.md"))
    #expect(sources.problems.symmetricDifference(page.problems).sorted() == [])
    #expect(sources.faults.symmetricDifference(page.faults).sorted() == [])
    #expect(sources.events.symmetricDifference(page.events).sorted() == [])
  }

  @Test("problem codes and fault codes of docs/openapi.yaml are those of the sources")
  func schema() throws {
    let schema = APIWords.inSchema(try Tree.text("docs/openapi.yaml"))
    #expect(sources.problems.symmetricDifference(schema.problems).sorted() == [])
    #expect(sources.faults.symmetricDifference(schema.faults).sorted() == [])
  }

  @Test("words are found in every form in which the sources write them")
  func forms() {
    let text = """
      throw Problem(
        .conflict, "kiosk_held", words)
      throw .badRequest("bad_lane", "", "")
      EventFrames.frame(nil, "cardFound") { _ in }
      package enum WindowRefusal {
        case windowBusy(Int)
        var code: String {
          switch self {
          case .windowBusy(let number): "window_busy"
          case .ticketIs(let state): "ticket_\\(state.rawValue)"
          }
        }
      }
      package enum TicketState: String {
        case waiting
      }
      package enum FaultCode: String {
        case paperOut = "paper_out"
        case offline
      }
      package enum DayEvent {
        var name: String {
          switch self {
          case .dayOpened: "dayOpened"
          case .dayClosed: "dayClosed"
          }
        }
      }
      package enum PrintEvent {
        var name: String {
          switch self {
          case .slipExpired: "slipExpired"
          }
        }
      }
      extension PrintEvent {
        var slip: SlipID? {
          switch self {
          case .slipExpired(let e): e.slip
          }
        }
      }
      if case .print(let event) = event, event.slip != nil { return "slipChanged" }

      """
    #expect(
      APIWords.inSources([text])
        == APIWords(
          problems: ["kiosk_held", "bad_lane", "window_busy", "ticket_waiting"], faults: ["paper_out", "offline"],
          events: ["cardFound", "dayOpened", "dayClosed", "slipChanged"]))
  }

  @Test("words of a table are read from its column, those of the text beside it are not")
  func table() {
    let page = """
      ## Faults

      | code | meaning |
      | `offline` | see `paper_out` |

      ## Problem codes

      | 400 | `bad_json` | a `body` |
      """
    #expect(APIWords.inPage(page) == APIWords(problems: ["bad_json"], faults: ["offline"]))
  }
}
