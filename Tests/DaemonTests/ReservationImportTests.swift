import Foundation
import Testing

/// Goal: a table of reservations is taken as a whole, or every fault is told at its line and nothing is taken.
/// Method: the built tool on a running demo.
@Suite("reservations import", .serialized, .timeLimit(.minutes(10)))
struct ReservationImportTests {
  let folder: Folder

  init() throws { folder = try Folder() }

  private func ctl(_ arguments: String...) throws -> (status: Int32, output: String, errors: String) {
    try Program("yichuangctl", arguments + ["--state", folder.file("state")]).end()
  }

  private func table(_ text: String, encoding: String.Encoding = .utf8) throws -> String {
    let path = folder.file("table.csv")
    try #require(text.data(using: encoding)).write(to: URL(fileURLWithPath: path))
    return path
  }

  /// A date that the demo, which is always open, offers.
  private func day(_ ahead: Int) -> String {
    let calendar = Calendar(identifier: .gregorian)
    var parts = calendar.dateComponents(in: TimeZone(secondsFromGMT: 8 * 3600) ?? .gmt, from: Date())
    parts.day = (parts.day ?? 1) + ahead
    let date = calendar.date(from: parts) ?? Date()
    let shown = calendar.dateComponents(in: TimeZone(secondsFromGMT: 8 * 3600) ?? .gmt, from: date)
    return String(format: "%04d-%02d-%02d", shown.year ?? 0, shown.month ?? 0, shown.day ?? 0)
  }

  @Test("every fault at its line and nothing taken; mended, all are taken")
  func all() throws {
    let daemon = try Program(
      "yichuangd", ["--demo", "--state", folder.file("state"), "--kiosk-port", "0", "--hall-port", "0"])
    _ = try #require(daemon.lines(until: "ready"))
    let good = "\(day(3)),10:00,RS-004,,演示员甲,023-45800001"
    let faulty = try ctl(
      "reservations", "import",
      table(
        """
        日期,时间,事项,队列,姓名,电话
        \(good)
        明天,10:00,RS-004,,,
        \(day(3)),十点,RS-004,,,
        \(day(3)),10:00,没有的事,,,
        \(day(3)),10:00,,,,
        \(day(3)),10:00,RS-004,,,电话
        \(day(3)),10:07,RS-004,,,
        """))
    #expect(faulty.status == 78)
    for (line, words) in [(3, "日期"), (4, "时间"), (5, "没有的事"), (6, "都没有写"), (7, "电话")] {
      #expect(faulty.errors.contains("第 \(line) 行") || faulty.errors.contains("line \(line):"), "\(line) \(words)")
    }
    // What only the hall knows is told once the table itself is right.
    let unknown = try ctl(
      "reservations", "import",
      table("date,time,item\n\(day(3)),10:00,RS-004\n\(day(3)),10:07,RS-004\n2020-01-01,10:00,RS-004\n"),
      "--json")
    #expect(unknown.status == 78)
    #expect(unknown.output.contains("\"line\":3") && unknown.output.contains("\"line\":4"))
    #expect(!unknown.output.contains("\"line\":2"))
    let taken = try ctl(
      "reservations", "import",
      table("日期,时间,事项,姓名,电话\n\(good.replacing(",,", with: ","))\n"), "--json")
    #expect(taken.status == 0)
    #expect(taken.output.contains("\"made\":1"))
    #expect(try ctl("reservations", "import", folder.file("nothing.csv")).status == 64)
    #expect(try ctl("reservations", "import", table("a,b\n1,2\n")).status == 78)
    daemon.send(SIGTERM)
    #expect(daemon.end().status == 0)
  }
}
