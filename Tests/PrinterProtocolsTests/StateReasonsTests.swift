import PrinterProtocols
import Testing

// Goal: the keywords of RFC 8011 §5.4.12 and the IANA registry give the conditions of a slip printer.
@Suite("IPP printer-state-reasons")
struct StateReasonsTests {
  @Test(
    "a keyword means what the registry says",
    arguments: [
      ("none", []), ("media-low-report", .mediaLow), ("media-low-warning", .mediaLow), ("media-low", .mediaLow),
      ("media-empty-error", .mediaEmpty), ("media-empty-warning", .mediaEmpty), ("media-empty-report", .mediaEmpty),
      ("media-needed", .mediaEmpty),
      ("cover-open", .coverOpen), ("door-open-error", .coverOpen), ("offline-report", .offline),
      ("offline-error", .offline), ("paused", .paused), ("connecting-to-device", .connecting),
      ("connecting-to-device-report", .connecting), ("media-jam-error", .otherError), ("media-jam", .otherError),
      ("fuser-over-temp-warning", []), ("cutter-jam-error", .cutterFault), ("trimmer-jam", .cutterFault),
      ("trimmer-life-almost-over-warning", []), ("cups-missing-filter-warning", []), ("", []),
      ("-error", []), ("spool-area-full-report", []),
    ] as [(String, StateReasons)])
  func keyword(word: String, meaning: StateReasons) { #expect(StateReasons(keyword: word) == meaning) }

  @Test("several keywords add up")
  func together() {
    #expect(StateReasons(keywords: ["media-empty-error", "cover-open-error", "none"]) == [.mediaEmpty, .coverOpen])
  }
}
