/// What is wrong with a queue's device-uri, for the operator who wrote it.
package enum DeviceAddressFault: Error, Hashable, Sendable {
  case tooLong
  case otherScheme
  case noLocation
  case badHost(String)
  case badPort(String)
  case badPath(String)
  /// An option without `=`, or without a name.
  case malformedOption(String)
  case unknownOption(String)
  case repeatedOption(String)
  case badValue(option: String, value: String)
  /// `baud` or `flow` for a printer that is not on a serial line.
  case notForThisLocation(option: String)
}

extension DeviceAddressFault: CustomStringConvertible {
  package var description: String {
    switch self {
    case .tooLong: "the device-uri is longer than \(DeviceAddress.longestURI) bytes"
    case .otherScheme: "the device-uri does not begin with \(DeviceAddress.scheme):"
    case .noLocation: "the device-uri names neither a host nor a device"
    case .badHost(let host): "no host name or address: \(host)"
    case .badPort(let port): "no port in 1...65535: \(port)"
    case .badPath(let path): "no device under /dev: \(path)"
    case .malformedOption(let option): "an option is NAME=VALUE, not: \(option)"
    case .unknownOption(let option): "unknown option: \(option)"
    case .repeatedOption(let option): "option given twice: \(option)"
    case .badValue(let option, let value): "option \(option) cannot be: \(value)"
    case .notForThisLocation(let option): "option \(option) is for serial printers only"
    }
  }
}
