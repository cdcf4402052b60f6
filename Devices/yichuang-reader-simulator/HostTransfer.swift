/// A transfer that the host has submitted and waits for.
class HostTransfer {
  /// With the direction bit.
  let endpoint: UInt8
  let isControl: Bool
  /// The host's data, or its buffer; a control transfer begins with eight bytes of setup.
  let bytes: UnsafeMutableBufferPointer<UInt8>
  /// Bytes moved so far, without the setup.
  var filled = 0
  /// Its completion: 0, or a negative error.
  var status: Int32 = 0

  init(endpoint: UInt8, isControl: Bool, bytes: UnsafeMutableBufferPointer<UInt8>) {
    self.endpoint = endpoint
    self.isControl = isControl
    self.bytes = bytes
  }

  var size: Int { bytes.count }
}
