import Groundwork
import Hall

/// A scenario that a hall's coordinator can read and that a test can run.
///
/// Lines that begin with `#` are prose. A block is one or more steps, `----`, and the expected output, up to an empty
/// line. A block whose first line is 同时 takes its steps at the same moment.
package struct Scenario: Sendable {
  package struct Block: Sendable {
    package let steps: [ScenarioStep]
    package let together: Bool
    package let expected: [String]
    /// Line of the first step, from 1.
    package let line: Int
  }

  /// A line that is not a step.
  package struct Fault: Error, CustomStringConvertible {
    package let line: Int
    package let text: String
    package var description: String { "line \(line): \(text) is no step of the language" }
  }

  package let title: String
  package let hall: ScenarioHall
  package let blocks: [Block]

  /// - Throws: `Fault` at the first line that cannot be read.
  package init(_ text: String) throws {
    var hall = ScenarioHall(
      clock: ZoneOffset.beijing.moment(CivilDate(daysSinceEpoch: 20_780), CivilTime(minuteOfDay: 540)))
    var title = ""
    var blocks: [Block] = []
    var steps: [ScenarioStep] = []
    var together = false
    var expected: [String]?
    func close() {
      if let expected {
        blocks.append(Block(steps: steps, together: together, expected: expected, line: steps.first?.line ?? 0))
      }
    }
    for (index, raw) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let line = index + 1
      let words = raw.split(separator: " ").map(String.init)
      if raw.hasPrefix("#") {
        if title.isEmpty { title = raw.drop { $0 == "#" || $0 == " " }.description }
      } else if words.isEmpty {
        close()
        if expected != nil { (steps, together, expected) = ([], false, nil) }
      } else if words == ["----"] {
        expected = []
      } else if expected != nil {
        expected?.append(words.joined(separator: " "))
      } else if words == ["同时"] {
        together = true
      } else if words[0] == "大厅" {
        try Self.read(words, into: &hall, line)
      } else {
        steps.append(try ScenarioStep(words, line: line))
      }
    }
    close()
    self.title = title
    self.hall = hall
    self.blocks = blocks
  }

  private static func read(_ words: [String], into hall: inout ScenarioHall, _ line: Int) throws {
    for word in words.dropFirst() {
      switch word {
      case "无差别": hall.mode = .undifferentiated
      case "分部门": hall.mode = .departmental
      case "综合加专窗": hall.mode = .hybrid
      case "办公时间": hall.officeHours = true
      case "可预约": hall.reservations = true
      case "承诺15分钟": hall.promise = 15
      case "放假安排": hall.calendar = ScenarioRules.holidays
      default:
        guard let number = TicketNumber(word) else { throw Fault(line: line, text: words.joined(separator: " ")) }
        hall.start = number.ordinal
      }
    }
  }

  /// Runs the scenario; returns every difference with its line, nothing when the hall behaves as expected.
  package func run(_ driver: inout some ScenarioDriver) async throws -> [String] {
    var differences: [String] = []
    for block in blocks {
      let shown = try await driver.perform(block.steps, together: block.together).flatMap { $0.map(\.words) }
      if shown != block.expected {
        differences.append(
          "line \(block.line): expected\n    \(block.expected.joined(separator: "\n    "))\n  but it is\n    "
            + shown.joined(separator: "\n    "))
      }
    }
    return differences
  }
}
