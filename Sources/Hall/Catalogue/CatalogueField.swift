/// A field of an item or a material: its names, and how it is read, written and compared.
///
/// `Item.fields` and `Material.fields` are the only lists of fields. The catalogue file, an office's table, the export
/// and the comparison of catalogues follow them.
package struct CatalogueField<Record: CatalogueRecord>: Sendable {
  package typealias Path<Value> = any WritableKeyPath<Record, Value> & Sendable

  /// What kind of value it has. A field of a shape with a key path needs no code of its own.
  package enum Shape: Sendable {
    /// One line; nil where it is not written. With `among`, one of these words.
    case text(Path<String?>, atMost: Int = 200, among: [String] = [])
    /// Digits and letters; an office's blanks and full-width characters are taken out.
    case code(Path<String?>, atMost: Int = 200)
    /// Any number of texts.
    case texts(Path<[String]>, atMost: Int = 400, TextList)
    case count(Path<Int?>, in: ClosedRange<Int>)
    /// False where it is not written.
    case flag(Path<Bool>, yes: String, no: String)
    case choice(FieldChoice<Record>)
    /// A value with rules of its own.
    case own(Record.Part)
  }

  /// How several texts are written into one cell, and compared.
  package enum TextList: Sendable {
    /// A line each.
    case lines
    /// A line each, or with commas between them.
    case names
    /// With 、 between them.
    case words
    /// A line each, or with arrows between them; compared as a whole.
    case steps
  }

  /// Its key in the catalogue file.
  package let key: String
  /// Other keys that stand for it.
  package let otherKeys: [String]
  /// The column that a message names.
  package let column: SheetColumn
  /// All its columns, in their order.
  package let columns: [SheetColumn]
  /// The column behind which its columns stand; nil where they follow those of the field above.
  package let after: SheetColumn?
  /// Its name in a comparison of catalogues.
  package let label: String
  package let shape: Shape

  /// - Parameter columns: nil where `column` is the only one.
  /// - Parameter label: nil where it is the column's heading.
  init(
    _ key: String, or otherKeys: [String] = [], _ column: SheetColumn, columns: [SheetColumn]? = nil,
    after: SheetColumn? = nil, label: String? = nil, _ shape: Shape
  ) {
    self.key = key
    self.otherKeys = otherKeys
    self.column = column
    self.columns = columns ?? [column]
    self.after = after
    self.label = label ?? column.heading
    self.shape = shape
  }

  /// The value in words, to be compared; nil where there is none, or where it has rules of its own.
  func words(of record: Record) -> String? {
    switch shape {
    case .text(let path, _, _): record[keyPath: path]
    case .code(let path, _): record[keyPath: path]
    case .texts(let path, _, let list): record[keyPath: path].joined(separator: list == .steps ? " → " : "、")
    case .count(let path, _): record[keyPath: path].map(String.init)
    case .flag(let path, let yes, let no): record[keyPath: path] ? yes : no
    case .choice(let choice): choice.word(of: record)
    case .own: nil
    }
  }
}

/// A thing with fields in the catalogue.
package protocol CatalogueRecord: Sendable {
  /// The fields with rules of their own.
  associatedtype Part: Sendable, Hashable
}

/// An optional value of an enumeration, with its words.
package struct FieldChoice<Record: Sendable>: Sendable {
  package struct Word: RawRepresentable, Sendable {
    /// The word in the catalogue file.
    package let rawValue: String
    /// The word in tables and comparisons.
    package let word: String

    package init(_ rawValue: String, _ word: String) {
      self.rawValue = rawValue
      self.word = word
    }

    package init(rawValue: String) { self.init(rawValue, rawValue) }
  }

  package let words: [Word]
  private let get: @Sendable (Record) -> String?
  private let set: @Sendable (inout Record, String?) -> Void

  init<Value: RawRepresentable<String> & CaseIterable & Sendable>(
    _ path: any WritableKeyPath<Record, Value?> & Sendable, _ word: (Value) -> String
  ) {
    words = Value.allCases.map { Word($0.rawValue, word($0)) }
    get = { $0[keyPath: path]?.rawValue }
    set = { $0[keyPath: path] = $1.flatMap(Value.init) }
  }

  package func word(of record: Record) -> String? {
    let raw = get(record)
    return words.first { $0.rawValue == raw }?.word
  }

  package func put(_ word: Word?, in record: inout Record) { set(&record, word?.rawValue) }
}
