/// A parameter of a statement, in PostgreSQL's binary form.
enum PostgresParameter: Sendable {
  case int4(Int32)
  case int8(Int64)
  case text(String)
  case bytes([UInt8])
  /// One dimension, no NULLs.
  case byteArrays([[UInt8]])

  /// The type's object identifier. Source: PostgreSQL's catalogue, src/include/catalog/pg_type.dat.
  var type: UInt32 {
    switch self {
    case .int4: 23
    case .int8: 20
    case .text: 25
    case .bytes: 17
    case .byteArrays: 1001
    }
  }

  var bytes: [UInt8] {
    switch self {
    case .int4(let value): Self.bigEndian(value)
    case .int8(let value): Self.bigEndian(value)
    case .text(let text): Array(text.utf8)
    case .bytes(let bytes): bytes
    case .byteArrays(let elements):
      // Dimensions, a flag for NULLs, the element's type; length and lower bound of the dimension; each element with its
      // length. Source: PostgreSQL, array_recv in src/backend/utils/adt/arrayfuncs.c.
      Self.bigEndian(Int32(elements.isEmpty ? 0 : 1)) + Self.bigEndian(Int32(0)) + Self.bigEndian(Int32(17))
        + (elements.isEmpty ? [] : Self.bigEndian(Int32(elements.count)) + Self.bigEndian(Int32(1)))
        + elements.flatMap { Self.bigEndian(Int32($0.count)) + $0 }
    }
  }

  private static func bigEndian(_ value: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: value.bigEndian) { Array($0) }
  }
}

/// Columns of a row in binary form; nil for NULL and for another length than the type has.
extension [UInt8] {
  var int8: Int64? { count == 8 ? Int64(bitPattern: reduce(UInt64(0)) { $0 << 8 | UInt64($1) }) : nil }
  var int4: Int32? { count == 4 ? Int32(bitPattern: reduce(UInt32(0)) { $0 << 8 | UInt32($1) }) : nil }
  var text: String { String(decoding: self, as: UTF8.self) }
  var boolean: Bool? { count == 1 ? self[0] != 0 : nil }
}
