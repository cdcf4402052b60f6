import Foundation
import Groundwork
import Hall
import Testing

@testable import JournalCodec

/// Goal: every version of every shape that was ever released is read, and what a newer program wrote is never called damaged.
///
/// Method: the samples stand for every version that is written today; each member is taken away in turn, and each version is
/// raised above the newest.
@Suite("Versions of event shapes")
struct ShapeVersionTests {
  /// Shapes that were released in version 1 with members that may be left out. No other shape may join them: what has to say
  /// more gets the next version.
  private static let released: Set = ["ticketIssued", "holderNoted", "slipRequested", "noticeIssued"]

  @Test("every version of every shape has a sample, and is read as it was written")
  func everyVersion() throws {
    var seen: [String: Set<Int>] = [:]
    for record in Samples.records {
      let bytes = RecordCodec.encode(record)
      seen[record.event.name, default: []].insert(record.event.payload.shapeVersion)
      #expect(try RecordCodec.decode(bytes, sequence: record.sequence) == record)
    }
    for shape in EventShape.all {
      #expect(seen[shape.name] == Set(1...shape.newestVersion), "\(shape.name)")
    }
  }

  @Test("names are one for each event")
  func names() {
    #expect(Set(EventShape.all.map(\.name)).count == EventShape.all.count)
  }

  @Test("a version above the newest was written by a newer program, whatever the record says else")
  func newer() throws {
    for record in Samples.records {
      let shape = try #require(EventShape.all.first { $0.name == record.event.name })
      let line = String(decoding: RecordCodec.encode(record), as: UTF8.self)
      let version = record.event.payload.shapeVersion
      let newer = shape.newestVersion + 1
      let raised = line.replacing("\"v\":\(version),", with: "\"v\":\(newer),", maxReplacements: 1)
      let other = raised.replacing("\"e\":{", with: "\"e\":{\"new\":[1,{\"x\":null}],", maxReplacements: 1)
      for text in [raised, other] {
        #expect(throws: RecordCodec.Fault.unknownEvent(name: shape.name, version: newer)) {
          try RecordCodec.decode(Array(text.utf8), sequence: record.sequence)
        }
      }
    }
  }

  @Test("a member that is missing is damage, but for the four shapes that were released with optional ones")
  func tails() throws {
    var optional: Set<String> = []
    for record in Samples.records where record.answer == nil {
      let line = String(decoding: RecordCodec.encode(record), as: UTF8.self)
      let start = try #require(line.range(of: "\"e\":{")).upperBound
      let members = try #require(Members.split(line[start...].dropLast(2)))
      for count in 0..<members.count {
        let text = line[..<start] + members.prefix(count).joined(separator: ",") + "}}"
        if (try? RecordCodec.decode(Array(text.utf8), sequence: record.sequence)) != nil {
          optional.insert(record.event.name)
        }
      }
    }
    #expect(optional == Self.released)
  }
}

/// The members of a JSON object's text, split at its own commas.
private enum Members {
  static func split(_ text: Substring) -> [Substring]? {
    var depth = 0
    var isQuoted = false
    var isEscaped = false
    var start = text.startIndex
    var members: [Substring] = []
    for index in text.indices {
      switch text[index] {
      case _ where isEscaped: isEscaped = false
      case "\\": isEscaped = true
      case "\"": isQuoted.toggle()
      case "{", "[": if !isQuoted { depth += 1 }
      case "}", "]": if !isQuoted { depth -= 1 }
      case "," where !isQuoted && depth == 0:
        members.append(text[start..<index])
        start = text.index(after: index)
      default: break
      }
    }
    members.append(text[start...])
    return depth == 0 && !isQuoted ? members : nil
  }
}
