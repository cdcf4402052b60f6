import Groundwork
package import ReaderProtocols

/// The udev rules that allow the daemon's user to open readers and scanners, and nobody else.
package enum ReaderRules {
  /// One rule per device, in the order of the models; a device in two models gets one rule.
  package static func text(_ models: [ReaderModel], keyboards: [ReaderModel.Numbers] = []) -> String {
    var lines = [
      "# Card readers and scanners of Yichuang. Made of Devices/reader-models by `yichuangctl devices rules`; do not edit.",
      "# The daemon's group may open them; they never sleep, and no modem program asks them who they are.",
      "ACTION==\"remove\", GOTO=\"yichuang_readers_end\"",
    ]
    var seen: Set<ReaderModel.Numbers> = []
    var typing: [ReaderModel.Numbers] = []
    for model in models {
      let numbers = model.numbers + (model.id == ReaderModelStore.genericKeyboard ? keyboards : [])
      guard !numbers.isEmpty else { continue }
      lines.append("# \(model.id)")
      for numbers in numbers where seen.insert(numbers).inserted {
        lines.append(
          "SUBSYSTEM==\"usb\", ENV{DEVTYPE}==\"usb_device\", \(attributes(numbers)), GROUP=\"yichuang\", MODE=\"0660\", "
            + "ENV{ID_MM_DEVICE_IGNORE}=\"1\", ATTR{power/control}=\"on\"")
      }
      if model.way == .keyboard { typing += numbers }
    }
    if !typing.isEmpty {
      lines.append("# What a scanner types before it is taken would land on the screen, with Enter behind it.")
      for numbers in typing {
        lines.append(
          "ACTION==\"bind\", SUBSYSTEM==\"usb\", ENV{DEVTYPE}==\"usb_interface\", DRIVER==\"usbhid\", "
            + "\(attributes(numbers, of: "ATTRS")), RUN+=\"/bin/sh -c 'echo -n %k > /sys/bus/usb/drivers/usbhid/unbind'\""
        )
      }
    }
    lines.append("LABEL=\"yichuang_readers_end\"")
    return lines.joined(separator: "\n") + "\n"
  }

  private static func attributes(_ numbers: ReaderModel.Numbers, of key: String = "ATTR") -> String {
    let vendor = "\(key){idVendor}==\"\(numbers.vendor.hexadecimal)\""
    return numbers.product.map { "\(vendor), \(key){idProduct}==\"\($0.hexadecimal)\"" } ?? vendor
  }
}
