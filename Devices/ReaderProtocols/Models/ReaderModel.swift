/// The description of one kind of card reader or scanner, from its model file.
package struct ReaderModel: Hashable, Sendable {
  /// Vendor and product ids; without a product all products of the vendor.
  package struct Numbers: Hashable, Sendable {
    package let vendor: UInt16
    package let product: UInt16?

    package init(vendor: UInt16, product: UInt16?) {
      self.vendor = vendor
      self.product = product
    }

    /// `0400:c35a` or `0c2e`.
    package init?(_ text: some StringProtocol) {
      let parts = text.split(separator: ":", omittingEmptySubsequences: false)
      let numbers = parts.compactMap { part in part.utf8.count == 4 ? UInt16(part, radix: 16) : nil }
      guard numbers.count == parts.count, (1...2).contains(parts.count) else { return nil }
      vendor = numbers[0]
      product = numbers.count == 2 ? numbers[1] : nil
    }
  }

  package struct Quirk: Hashable, Sendable {
    package let what: String
    package let why: String
    package let source: String

    package init(what: String, why: String, source: String) {
      self.what = what
      self.why = why
      self.source = source
    }
  }

  /// Lower-case letters, digits and hyphens; the name of its folder.
  package let id: String
  package let name: String
  package let way: ReaderWay
  /// Empty for a generic keyboard-mode scanner: the hall configures its own.
  package let numbers: [Numbers]
  package let keyboard: KeyboardDecoder.Settings
  package let mustBegin: Bool
  /// What to do about a condition, by the condition's word and by language.
  package let remedies: [String: [String: String]]
  package let quirks: [Quirk]
  /// Devices with firmware and date; empty until somebody tried one.
  package let triedOn: [String]

  package init(
    id: String, name: String, way: ReaderWay, numbers: [Numbers], keyboard: KeyboardDecoder.Settings = .init(),
    mustBegin: Bool = false, remedies: [String: [String: String]] = [:], quirks: [Quirk] = [], triedOn: [String] = []
  ) {
    self.id = id
    self.name = name
    self.way = way
    self.numbers = numbers
    self.keyboard = keyboard
    self.mustBegin = mustBegin
    self.remedies = remedies
    self.quirks = quirks
    self.triedOn = triedOn
  }

  /// The matches for the reader process; `own` are the hall's configured numbers.
  package func matches(own: [Numbers] = []) -> [ReaderMatch] {
    (numbers + own).compactMap {
      ReaderMatch(way, vendor: $0.vendor, product: $0.product, keyboard: keyboard, mustBegin: mustBegin)
    }
  }
}
