import CatalogueFiles
import Settings
package import YAMLDocuments

/// The present configuration, section by section with its text, so that sections that setup does not change keep it.
package struct PresentConfiguration {
  struct Section {
    let key: String
    let value: YAMLText
    /// Its lines with the comments above it; nil where sections share lines.
    let source: String?
  }

  /// The comments above the first section.
  let head: String
  let sections: [Section]

  /// Cuts a configuration into its sections. Whether it can be used is checked by `ConfigurationFile`.
  package static func read(_ text: String, file: String) -> Loaded<PresentConfiguration> {
    let log = FaultLog()
    return Loaded(
      YAMLNode.document(text, file: file, log).flatMap { PresentConfiguration($0, text, log) }, log, first: file)
  }

  private init?(_ root: YAMLNode, _ text: String, _ log: FaultLog) {
    guard case .table(let pairs) = root.content else {
      _ = YAMLTable(root, "the file", log)
      return nil
    }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let starts = pairs.map(\.location.line)
    let isCut =
      pairs.allSatisfy { $0.location.column == 1 } && zip(starts, starts.dropFirst()).allSatisfy { $0 < $1 }
      && (starts.last ?? 0) <= lines.count && (starts.first ?? 0) > 0
    guard isCut else {
      head = ""
      sections = pairs.map { Section(key: $0.key, value: YAMLText($0.value), source: nil) }
      return
    }
    // Comments in the first column and blank lines above a key belong to it.
    let tops = starts.enumerated().map { index, start in
      let least = index == 0 ? 0 : starts[index - 1]
      var top = start - 1
      while top > least, lines[top - 1].isEmpty || lines[top - 1].hasPrefix("#") { top -= 1 }
      return top
    }
    // The comments of the whole file are above the first blank line.
    let first = tops.first ?? 0
    let own = (starts.first ?? 1) - 1
    let blank = (first..<own).first { lines[$0].isEmpty } ?? own
    head = lines[0..<blank].map { $0 + "\n" }.joined()
    var texts: [String] = []
    for index in tops.indices {
      let from = index == 0 ? blank : tops[index]
      let to = index + 1 < tops.count ? tops[index + 1] : lines.count
      var part = lines[from..<max(from, to)].joined(separator: "\n")
      if !part.hasSuffix("\n") { part += "\n" }
      texts.append(part)
    }
    sections = zip(pairs, texts).map { Section(key: $0.key, value: YAMLText($0.value), source: $1) }
  }

  func value(_ key: String) -> YAMLText? { sections.first { $0.key == key }?.value }

  // MARK: What is offered as an answer

  /// The windows of each kind.
  package var windows: SetupAnswers.Windows { WindowPlan(self).counts }

  /// The hours on working days where all five are the same; nil where they are not.
  package var hours: SetupAnswers.Hours? {
    guard let opening = value("opening") else { return nil }
    if opening["always_open"]?.scalar == "true" { return .always }
    let days = OpeningPlan.weekdays.map { opening["sessions"]?[$0] ?? .list([]) }
    guard let first = days.first, !first.entries.isEmpty, days.allSatisfy({ $0.says(first) }) else { return nil }
    return .sessions(first.entries.compactMap(\.scalar))
  }

  /// A text of the section `hall`.
  package func hall(_ key: String) -> String? { value("hall")?[key]?.scalar }

  /// The names of the kiosks; nil for one without.
  package var kioskNames: [String?] { value("kiosks")?.entries.map { $0["name"]?.scalar } ?? [] }

  /// The queue of CUPS of each kiosk; nil for one without a printer.
  package var kioskQueues: [String?] { value("kiosks")?.entries.map { $0["printer"]?["queue"]?.scalar } ?? [] }

  /// The address of the door in the hall's network; nil without a door.
  package var doorAddress: String? {
    value("door")?["origins"]?.entries.compactMap(\.scalar).compactMap(DoorSettings.origin).map(\.host)
      .first(where: DoorSettings.isAddress)
  }

  package var hasReaders: Bool { value("readers") != nil }

  /// The staff with badge, name and role, as the configuration has them.
  package var staff: [(badge: String, name: String, role: String)] {
    (value("staff")?.entries ?? []).map {
      (badge: $0["badge"]?.scalar ?? "", name: $0["name"]?.scalar ?? "", role: $0["role"]?.scalar ?? "")
    }
  }
}
