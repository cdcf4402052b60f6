import Glibc

extension String {
  /// Whether these bytes occur in it. `contains` compares characters by canonical equivalence, which took a twentieth
  /// of the time of loading a catalogue.
  func holds(_ part: String) -> Bool {
    var (text, part) = (self, part)
    return text.withUTF8 { text in
      part.withUTF8 { part in
        guard let start = text.baseAddress, let wanted = part.baseAddress, text.count >= part.count else {
          return part.isEmpty
        }
        return (0...(text.count - part.count)).contains { memcmp(start + $0, wanted, part.count) == 0 }
      }
    }
  }
}
