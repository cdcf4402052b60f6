extension Regex {
  /// With word boundaries where a word character meets another, so that `a.b` is two words; Swift's own default follows
  /// Unicode's rule for prose, by which it is one.
  var simpleWords: Self { wordBoundaryKind(.simple) }
}

/// A violation of a house rule, with its position.
struct Finding: CustomStringConvertible, Equatable {
  let file: String
  let line: Int
  let what: String

  var description: String { "\(file):\(line): \(what)" }
}
