import CLibUSB

/// Why a libusb call failed, as far as the difference matters.
enum USBFailure: Error, Hashable, Sendable {
  /// The device is gone; any call may return it.
  case noDevice
  /// Another program, or a driver that cannot be detached, holds the interface.
  case busy
  case notPermitted
  case timedOut
  /// The endpoint is halted, or the request is not supported.
  case stalled
  case other(Int32)

  /// nil for success.
  init?(_ code: Int32) {
    guard code < 0 else { return nil }
    switch libusb_error(rawValue: code) {
    case LIBUSB_ERROR_NO_DEVICE: self = .noDevice
    case LIBUSB_ERROR_BUSY: self = .busy
    case LIBUSB_ERROR_ACCESS: self = .notPermitted
    case LIBUSB_ERROR_TIMEOUT: self = .timedOut
    case LIBUSB_ERROR_PIPE: self = .stalled
    default: self = .other(code)
    }
  }

  static func check(_ code: Int32) throws(USBFailure) {
    if let failure = USBFailure(code) { throw failure }
  }

  /// For the log.
  var words: String {
    switch self {
    case .noDevice: "the device is gone"
    case .busy: "another program holds it"
    case .notPermitted: "the daemon's user may not open it"
    case .timedOut: "no answer in time"
    case .stalled: "the endpoint is halted"
    case .other(let code): String(cString: libusb_error_name(code))
    }
  }
}
