import ReaderProtocols

/// `readers:` the card readers and scanners of this machine.
struct ReaderSection {
  private let top: Table
  private var log: FaultLog { top.log }

  init(_ top: Table) { self.top = top }

  /// nil without the section: then nothing looks for devices.
  func read() -> ReaderSettings? {
    guard let table = top.table("readers", required: false) else { return nil }
    defer { table.refuseUnknown() }
    let place = table.place(of: "keyboards")
    let keyboards = table.texts("keyboards", atMost: 9).compactMap { text -> ReaderModel.Numbers? in
      if let numbers = ReaderModel.Numbers(text), numbers.product != nil { return numbers }
      log.fault(
        place, "`keyboards` has “\(text)”",
        "write vendor and product of a scanner that types, as lsusb shows them: '0c2e:0901'")
      return nil
    }
    return ReaderSettings(
      keyboards: keyboards, program: table.text("program", required: false, atMost: 1000))
  }
}
