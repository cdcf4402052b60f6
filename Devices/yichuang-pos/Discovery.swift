import Glibc
import PrinterLink

/// The list for `lpinfo -v`: the backend's general entry, and the present printer-class nodes.
enum Discovery {
  static func list() {
    line("network", DeviceAddress.scheme, "ESC/POS slip printer with confirmation")
    for number in 0..<16 where access("/dev/usb/lp\(number)", F_OK) == 0 {
      let path = "/dev/usb/lp\(number)"
      line("direct", "\(DeviceAddress.scheme):\(path)", "ESC/POS slip printer at \(path)")
    }
  }

  /// Class, URI, make and model, description.
  private static func line(_ kind: String, _ uri: String, _ info: String) {
    let text = Array("\(kind) \(uri) \"Unknown\" \"\(info)\"\n".utf8)
    _ = write(STDOUT_FILENO, text, text.count)
  }
}
