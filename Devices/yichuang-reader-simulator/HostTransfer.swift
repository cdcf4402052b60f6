/// A transfer that the host has handed in and waits for.
class HostTransfer {
  /// With the bit of the direction.
  let endpoint: UInt8
  let isControl: Bool
  /// What the host sends, or room for what it wants; of a control transfer the eight bytes of its set-up come first.
  let bytes: UnsafeMutableBufferPointer<UInt8>
  /// How much of it was moved, without a set-up.
  var filled = 0
  /// How it ended: 0, or a negative error.
  var status: Int32 = 0

  init(endpoint: UInt8, isControl: Bool, bytes: UnsafeMutableBufferPointer<UInt8>) {
    self.endpoint = endpoint
    self.isControl = isControl
    self.bytes = bytes
  }

  var size: Int { bytes.count }
}
