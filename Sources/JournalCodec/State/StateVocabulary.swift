import Groundwork
import Hall

/// What the parts of the state have in common when they are written.
extension RecordWriter {
  mutating func put(_ key: StaticString, _ moment: Timestamp?) {
    if let moment { put(key, moment.milliseconds) } else { put(key, String?.none) }
  }

  /// An array of objects.
  mutating func objects<Element>(
    _ key: StaticString, _ elements: [Element], _ body: (inout RecordWriter, Element) -> Void
  ) {
    array(key, elements) { record, element in record.object { body(&$0, element) } }
  }

  mutating func texts(_ key: StaticString, _ texts: [String]) { array(key, texts) { $0.put(nil, $1) } }

  mutating func codes(_ key: StaticString, _ codes: some Sequence<PublicCode>) {
    array(key, Array(codes)) { $0.put(nil, $1) }
  }

  /// A number for each key, in the order of the keys.
  mutating func counts(_ key: StaticString, _ counts: [some Hashable & Comparable & CustomStringConvertible: Int]) {
    objects(key, counts.sorted { $0.key < $1.key }) { record, count in
      record.put("of", count.key.description)
      record.put("is", count.value)
    }
  }
}

extension RecordScanner {
  mutating func momentOrNull(_ key: StaticString) throws(Fault) -> Timestamp? {
    guard let milliseconds = try integerOrNull(key) else { return nil }
    guard Timestamp.sayable.contains(milliseconds) else { throw damage }
    return Timestamp(milliseconds: milliseconds)
  }

  mutating func objects<Element>(
    _ key: StaticString, _ body: (inout RecordScanner) throws(Fault) -> Element
  ) throws(Fault) -> [Element] {
    try array(key) { (record) throws(Fault) in try record.object(nil, body) }
  }

  /// An array of objects, each with a key of its own; damaged when a key is there twice.
  mutating func dictionary<Key: Hashable, Value>(
    _ key: StaticString, _ body: (inout RecordScanner) throws(Fault) -> (Key, Value)
  ) throws(Fault) -> [Key: Value] {
    let pairs = try objects(key, body)
    var values: [Key: Value] = [:]
    values.reserveCapacity(pairs.count)
    for (key, value) in pairs where values.updateValue(value, forKey: key) != nil { throw damage }
    return values
  }

  mutating func texts(_ key: StaticString) throws(Fault) -> [String] {
    try array(key) { (record) throws(Fault) in try record.text() }
  }

  mutating func codes(_ key: StaticString) throws(Fault) -> [PublicCode] {
    try array(key) { (record) throws(Fault) in try record.code() }
  }

  mutating func counts<Key: Hashable>(_ key: StaticString, as make: (String) -> Key?) throws(Fault) -> [Key: Int] {
    try dictionary(key) { (record) throws(Fault) in (try record.text("of", as: make), try record.int("is")) }
  }
}
