import Hall
import YAMLDocuments

/// Raises `badge_issue` of one member in a configuration's text. The rest of the text does not change.
package enum BadgeReissue {
  package enum Outcome {
    /// The new text, and the issue that stands in it.
    case raised(String, issue: Int)
    case noSuchBadge
    /// The badge has the highest issue number.
    case usedUp
    /// The entry is written in a form that this program does not edit.
    case unclear
  }

  package static func raise(_ badge: String, in text: String, file: String) -> Outcome {
    guard let entry = entry(badge, in: text, file: file) else { return .noSuchBadge }
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let before = entry.issue.flatMap { Int($0.text) } ?? 1
    guard BadgeCode.issues.contains(before + 1) else { return .usedUp }
    let word = String(before + 1)
    if let issue = entry.issue {
      guard replace(issue.text, by: word, at: issue.location, &lines) else { return .unclear }
    } else {
      guard let column = entry.key.column, lines.indices.contains(entry.key.line - 1) else { return .unclear }
      let line = lines[entry.key.line - 1]
      let indent = String(repeating: " ", count: column - 1)
      let head = line.prefix(column - 1)
      // In block style a new line below the badge's; in flow style `{…}` behind the badge.
      if head.allSatisfy({ $0 == " " || $0 == "-" }) {
        lines.insert("\(indent)badge_issue: \(word)", at: entry.key.line)
      } else {
        guard
          replace(entry.value.text, by: "\(entry.value.text), badge_issue: \(word)", at: entry.value.location, &lines)
        else { return .unclear }
      }
    }
    let changed = lines.joined(separator: "\n")
    // Parsed again, because the edit depends on the layout: the entry has to have the new issue.
    guard let after = self.entry(badge, in: changed, file: file), after.issue?.text == word else { return .unclear }
    return .raised(changed, issue: before + 1)
  }

  private struct Scalar {
    let text: String
    let location: FileLocation
  }

  private struct Entry {
    /// The location of the key `badge`.
    let key: FileLocation
    let value: Scalar
    let issue: Scalar?
  }

  private static func entry(_ badge: String, in text: String, file: String) -> Entry? {
    guard let root = YAMLNode.document(text, file: file, FaultLog()), case .table(let sections) = root.content,
      case .list(let members)? = sections.first(where: { $0.key == "staff" })?.value.content
    else { return nil }
    for member in members {
      guard case .table(let pairs) = member.content else { continue }
      func scalar(_ key: String) -> (location: FileLocation, value: Scalar)? {
        guard let pair = pairs.first(where: { $0.key == key }), case .scalar(let text, _) = pair.value.content else {
          return nil
        }
        return (pair.location, Scalar(text: text, location: pair.value.location))
      }
      if let found = scalar("badge"), found.value.text == badge {
        return Entry(key: found.location, value: found.value, issue: scalar("badge_issue")?.value)
      }
    }
    return nil
  }

  /// Replaces the text of a scalar at its location; its quotes stay.
  private static func replace(_ old: String, by new: String, at location: FileLocation, _ lines: inout [String]) -> Bool
  {
    guard let column = location.column, lines.indices.contains(location.line - 1) else { return false }
    let line = lines[location.line - 1]
    guard column - 1 <= line.count else { return false }
    var start = line.index(line.startIndex, offsetBy: column - 1)
    let quotes: Set<Character> = ["'", "\""]
    let isQuoted = start < line.endIndex && quotes.contains(line[start])
    if isQuoted { start = line.index(after: start) }
    guard line[start...].hasPrefix(old) else { return false }
    let end = line.index(start, offsetBy: old.count)
    // Appended text goes behind the closing quote.
    if isQuoted, new.hasPrefix(old), end < line.endIndex {
      let behind = line.index(after: end)
      lines[location.line - 1] = String(line[..<behind]) + new.dropFirst(old.count) + line[behind...]
    } else {
      lines[location.line - 1] = String(line[..<start]) + new + line[end...]
    }
    return true
  }
}
