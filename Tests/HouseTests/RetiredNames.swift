/// Names that have given way to the field's terms; docs/GLOSSARY.md has those. None may come back with a new feature.
enum RetiredNames {
  /// With blanks between their words, so that a search for a name finds no use of it here.
  private static let whole = [
    "Answer Key", "Stored Answer", "Answer Book", "Hall Parts", "First Of", "Shown Card", "Shown Cards",
    "Holder Mark", "Rules In Force", "Control Desk", "Clock Witness", "Reader House", "Halting Printer", "Log Mover",
    "Record Chain", "Voice Box", "Reading Desk", "Do or", "Ga te", "Fare well", "To ld",
  ].map { $0.replacing(" ", with: "") }

  /// A store, a table or a cache; a scheduler or a session.
  private static let endings = ["Shelf", "Book", "Keeper"]

  /// A reader is hardware, and what reads text or bytes is a parser.
  private static let readers: Set = ["CardReader", "PresentReader", "ScreenReader"]

  /// Types of the text that have a retired name.
  static func findings(in text: String, file: String) -> [Finding] {
    text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap { index, line in
      let declaration = /\b(?:struct|class|enum|actor|protocol|typealias) +([A-Z]\w*)/.simpleWords
      guard line.contains(" "), let name = line.firstMatch(of: declaration)?.1, isRetired(String(name)) else {
        return nil
      }
      return Finding(file: file, line: index + 1, what: "\(name): docs/GLOSSARY.md has the field's term")
    }
  }

  private static func isRetired(_ name: String) -> Bool {
    whole.contains(name) || endings.contains(where: name.hasSuffix) || name.hasPrefix("Bed") && name != "Bed"
      || name.hasSuffix("Reader") && !readers.contains(name)
  }
}
