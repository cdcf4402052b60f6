import FileKit
import Foundation
import PrinterProtocols
import Settings
import Testing
import YAMLDocuments

/// Goal: a printer that says what it is gets its model, and no other does.
struct PrinterDeviceIDTests {
  @Test(
    "a shipped model is known by what such printers call themselves",
    arguments: [
      ("MFG:EPSON;CMD:ESC/POS;MDL:TM-T88V;CLS:PRINTER;", "epson-tm-t88"),
      ("MANUFACTURER:Epson;COMMAND SET:ESC/POS;MODEL:TM-T88VII;", "epson-tm-t88"),
      ("MFG:STMicroelectronics;MDL:POS58 Printer USB ;", "generic-58"), ("MFG:X;MDL:POS-80 Printer;", "generic-80"),
      ("MFG:EPSON;MDL:TM-U220;", nil), ("MFG:;MDL:;", nil), ("", nil), (":::;;;MDL", nil),
    ] as [(String, String?)])
  func known(text: String, model: String?) throws {
    let store = try #require(PrinterModelStore.load([Reference.models]).value)
    #expect(PrinterDeviceID(text).flatMap(store.model)?.id == model)
  }

  @Test("what it says is one short line of printable ASCII")
  func bounded() throws {
    let id = try #require(PrinterDeviceID("MFG:A\u{1B}[31m\nB;MDL:" + String(repeating: "x", count: 5000) + "中;"))
    #expect(id.description.hasPrefix("A[31mB xxx") && id.description.count == 60)
  }

  @Test(
    "a star stands for any characters, also none",
    arguments: [
      ("acme x80", true), ("ACME X80", true), ("ACME*", true), ("*x80", true), ("*ME*X8*", true), ("A*E*0", true),
      ("ACME X80*", true), ("X80", false), ("*X8", false), ("ACME X80 *", false), ("*80*80", false),
    ])
  func patterns(pattern: String, isFitting: Bool) throws {
    #expect(try #require(PrinterDeviceID(maker: "Acme", model: "X80")).fits(pattern) == isFitting)
  }

  @Test("a pattern of stars alone is refused, because it would take every printer")
  func stars() {
    let text = PrinterModelTests.good.replacingOccurrences(
      of: "cutter: none", with: "device_ids: ['ACME X80*', '* *']\ncutter: none")
    let loaded = PrinterModelFile.read(text, file: "model.yaml")
    #expect(loaded.value == nil && loaded.faults.map(\.what) == ["`device_ids` has “* *”"])
  }
}
