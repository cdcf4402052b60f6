/// A reply of the card module: three status bytes and data.
package struct SAMReply: Hashable, Sendable {
  /// Bytes of one appended address.
  package static let addressBytes = 70
  /// The most addresses that a card can have appended.
  package static let mostAddresses = 4

  /// The card's own status; for the log only.
  package let cardStatus: UInt16
  /// The module's status byte as received; decisions use `status`.
  package let statusByte: UInt8
  package let data: [UInt8]
  /// Bytes of photo and fingerprints that were dropped at the frame.
  package let droppedCount: Int

  /// nil for a body without its three status bytes.
  package init?(_ frame: SAMFrame) {
    guard frame.body.count >= 3 else { return nil }
    cardStatus = UInt16(frame.body[0]) << 8 | UInt16(frame.body[1])
    statusByte = frame.body[2]
    data = Array(frame.body.dropFirst(3))
    droppedCount = frame.droppedCount
  }

  /// nil for an undocumented code.
  package var status: SAMStatus? { SAMStatus(rawValue: statusByte) }

  /// The text of a card, 256 bytes; nil when this is not an answer to reading one.
  ///
  /// The lengths come from the reply: text, photo, and fingerprints where a reader sends them unrequested.
  package var text: [UInt8]? {
    guard status == .done, data.count >= 4 else { return nil }
    let textBytes = word(0)
    let photoBytes = word(2)
    guard textBytes == CardText.byteCount, photoBytes <= 1024 else { return nil }
    if data.count == 4 + textBytes, droppedCount == photoBytes { return Array(data.dropFirst(4)) }
    guard data.count == 6 + textBytes, word(4) <= 1024, droppedCount == photoBytes + word(4) else { return nil }
    return Array(data.dropFirst(6))
  }

  /// Appended addresses without the blank ones, oldest first; the last is the current one.
  package var addresses: [String] {
    guard status == .done, data.count % Self.addressBytes == 0 else { return [] }
    return stride(from: 0, to: min(data.count, Self.mostAddresses * Self.addressBytes), by: Self.addressBytes)
      .map { CardText.string(data[$0..<($0 + Self.addressBytes)]) }
      .filter { !$0.isEmpty }
  }

  private func word(_ offset: Int) -> Int { Int(data[offset]) << 8 | Int(data[offset + 1]) }

  /// The bytes of a reply, for emulated modules.
  package static func bytes(_ status: SAMStatus, _ data: [UInt8] = []) -> [UInt8] {
    SAMFrame.bytes(body: [0, 0, status.rawValue] + data)
  }

  /// The bytes of a card's text followed by `photo`.
  package static func bytes(text: [UInt8], photo: [UInt8]) -> [UInt8] {
    func word(_ count: Int) -> [UInt8] { [UInt8(truncatingIfNeeded: count >> 8), UInt8(truncatingIfNeeded: count)] }
    return bytes(.done, word(text.count) + word(photo.count) + text + photo)
  }
}
