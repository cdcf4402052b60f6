/// The rules of USBGuard for a hall's machine.
///
/// They allow what is plugged in now and spares of the hall's kinds, and reject unknown keyboards.
package struct USBPolicy: Hashable, Sendable {
  /// What `usbguard generate-policy` wrote of the devices that are plugged in.
  package let present: String
  /// `1eab:8306`: vendor and product of card readers and scanners that the hall knows, in lower case.
  package let readers: [String]

  package init(present: String, readers: [String]) {
    self.present = present
    self.readers = readers
  }

  /// How many devices have a rule of their own.
  package var count: Int { present.split(separator: "\n").count { $0.hasPrefix("allow ") } }

  package var text: String {
    var lines = [
      "# The USB devices of the hall's machine, made by `yichuangctl usb on`; what is changed here is gone with the next one.",
      "# What was plugged in then.",
    ]
    lines += present.split(separator: "\n").map(String.init).filter { $0.hasPrefix("allow ") }
    // A keyboard is recognised by its interface class, even where vendor and product are those of a reader.
    lines += [
      "# A keyboard that nobody knows, alone or beside something else.",
      "reject with-interface one-of { 03:00:01 03:01:01 }",
    ]
    lines += [
      "# Spares: printers, and the card readers and scanners that the hall knows.",
      "allow with-interface match-all { 07:*:* }",
    ]
    lines += Set(readers).sorted().map { "allow id \($0)" }
    return lines.joined(separator: "\n") + "\n"
  }
}
