import Foundation
import Glibc
import TestKit

/// `ippeveprinter` as a slip printer with an 80 mm roll, on a port of its own.
///
/// It insists on a D-Bus to look for Avahi on, even when it is told not to announce itself; a private bus with nobody
/// on it is enough.
final class PrivateIPPPrinter {
  let folder: URL
  let port: Int
  private let bus: ChildProcess
  private let printer: ChildProcess

  var uri: String { "ipp://localhost:\(port)/ipp/print" }

  /// - Parameters:
  ///   - jobSeconds: how long the printer takes for a job.
  ///   - office: an office printer on A4 that takes PDF, instead of a roll printer.
  init(jobSeconds: Int = 0, office: Bool = false) async throws {
    folder = URL(fileURLWithPath: NSTemporaryDirectory()).appendingPathComponent("ipp-\(UInt32.random(in: 0...(.max)))")
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("jobs"), withIntermediateDirectories: true)
    let attributes = folder.appendingPathComponent("roll.conf")
    try (office ? Self.officeAttributes : Self.attributes).write(to: attributes, atomically: true, encoding: .utf8)
    // Run by the printer for each document, with the job's attributes in its environment.
    let command = folder.appendingPathComponent("keep.sh")
    try """
    #!/bin/sh
    cp "$1" '\(folder.path)/jobs/document'
    env | grep '^IPP_' > '\(folder.path)/jobs/environment.new'
    mv '\(folder.path)/jobs/environment.new' '\(folder.path)/jobs/environment'
    sleep \(jobSeconds)
    """.write(to: command, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: command.path)

    let socket = folder.appendingPathComponent("bus").path
    bus = try await ChildProcess(
      ["/usr/bin/dbus-daemon", "--session", "--nofork", "--nopidfile", "--address=unix:path=\(socket)"],
      folder: folder, name: "dbus")
    try await eventually("the bus is there") { FileManager.default.fileExists(atPath: socket) }
    let port = try Self.freePort()
    self.port = port
    printer = try await ChildProcess(
      [
        "/usr/sbin/ippeveprinter", "-r", "off", "-n", "localhost", "-p", String(port), "-k", "-d",
        folder.appendingPathComponent("jobs").path, "-a", attributes.path, "-c", command.path, "Slip80",
      ], folder: folder, name: "ippeveprinter", environment: ["DBUS_SYSTEM_BUS_ADDRESS": "unix:path=\(socket)"])
    try await eventually("the printer answers") { (try? Self.get("/", port: port)) != nil }
  }

  deinit {
    stop()
    bus.stop()
    try? FileManager.default.removeItem(at: folder)
  }

  func stop() { printer.stop() }

  /// What the last job brought, once it is there.
  func document() async throws -> [UInt8] {
    let jobs = folder.appendingPathComponent("jobs")
    try await eventually("a document arrives") {
      FileManager.default.fileExists(atPath: jobs.appendingPathComponent("environment").path)
    }
    return [UInt8](try Data(contentsOf: jobs.appendingPathComponent("document")))
  }

  /// The last job's attributes as the printer gives them to its command: `IPP_MEDIA_COL` and so on.
  func attribute(_ name: String) throws -> String? {
    let file = folder.appendingPathComponent("jobs/environment")
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
      .first { $0.hasPrefix(name + "=") }.map { String($0.dropFirst(name.count + 1)) }
  }

  /// Takes the roll out, or puts a full one in, by the printer's own web page.
  func setPaper(_ isThere: Bool) throws {
    try Self.get("/media?size0=custom_roll_72x200mm&type0=continuous&level0=\(isThere ? 250 : 0)", port: port)
  }

  private static func freePort() throws -> Int {
    let descriptor = try connectOrBind(0, bind)
    defer { close(descriptor) }
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
    }
    guard result == 0 else { throw NeverHappened("getsockname") }
    return Int(UInt16(bigEndian: address.sin_port))
  }

  @discardableResult
  private static func get(_ path: String, port: Int) throws -> String {
    let descriptor = try connectOrBind(port, connect)
    defer { close(descriptor) }
    let request = Array("GET \(path) HTTP/1.1\r\nHost: localhost:\(port)\r\nConnection: close\r\n\r\n".utf8)
    guard send(descriptor, request, request.count, Int32(MSG_NOSIGNAL)) == request.count else {
      throw NeverHappened("GET \(path)")
    }
    var answer: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      guard count > 0 else { break }
      answer += buffer[..<count]
      if String(decoding: answer, as: UTF8.self).contains("</html>") { break }
    }
    let text = String(decoding: answer, as: UTF8.self)
    guard text.hasPrefix("HTTP/1.1 200") else { throw NeverHappened("GET \(path): \(text.prefix(80))") }
    return text
  }

  private static func connectOrBind(
    _ port: Int, _ call: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) throws -> Int32 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var patience = timeval(tv_sec: 10, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        call(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else {
      close(descriptor)
      throw NeverHappened("port \(port): \(errno)")
    }
    return descriptor
  }

  /// A roll printer in the attributes of PWG 5100.14 (IPP Everywhere) and PWG 5100.7 (media-col): 48 to 80 mm wide,
  /// 20 mm to 2 m long, 203 dpi, black.
  private static let attributes = """
    ATTR textWithoutLanguage printer-make-and-model "Yichuang Test Roll"
    ATTR textWithoutLanguage printer-info "Test roll"
    ATTR textWithoutLanguage printer-device-id "MFG:Yichuang;MDL:Test Roll;CMD:PWGRaster,PDF;"
    ATTR mimeMediaType document-format-supported application/octet-stream,image/pwg-raster,application/pdf
    ATTR boolean color-supported no
    ATTR keyword print-color-mode-default monochrome
    ATTR keyword print-color-mode-supported monochrome
    ATTR integer copies-default 1
    ATTR rangeOfInteger copies-supported 1-1
    ATTR enum finishings-default 3
    ATTR enum finishings-supported 3
    ATTR enum orientation-requested-default 3
    ATTR enum orientation-requested-supported 3
    ATTR keyword output-bin-default face-up
    ATTR keyword output-bin-supported face-up
    ATTR integer pages-per-minute 60
    ATTR enum print-quality-default 4
    ATTR enum print-quality-supported 4
    ATTR resolution printer-resolution-default 203dpi
    ATTR resolution printer-resolution-supported 203dpi
    ATTR resolution pwg-raster-document-resolution-supported 203dpi
    ATTR keyword pwg-raster-document-type-supported black_1,sgray_8
    ATTR keyword pwg-raster-document-sheet-back normal
    ATTR keyword sides-default one-sided
    ATTR keyword sides-supported one-sided
    ATTR keyword media-default custom_roll_72x200mm
    ATTR keyword media-ready custom_roll_72x200mm
    ATTR keyword media-supported custom_roll_72x200mm,custom_min_48x20mm,custom_max_80x2000mm
    ATTR keyword media-source-supported main-roll
    ATTR keyword media-type-supported continuous
    ATTR integer media-top-margin-supported 0
    ATTR integer media-bottom-margin-supported 0
    ATTR integer media-left-margin-supported 0
    ATTR integer media-right-margin-supported 0
    ATTR collection media-size-supported {
      MEMBER integer x-dimension 7200 MEMBER integer y-dimension 20000
    },{
      MEMBER rangeOfInteger x-dimension 4800-8000 MEMBER rangeOfInteger y-dimension 2000-200000
    }
    ATTR collection media-col-default {
      MEMBER collection media-size { MEMBER integer x-dimension 7200 MEMBER integer y-dimension 20000 }
      MEMBER integer media-top-margin 0 MEMBER integer media-bottom-margin 0
      MEMBER integer media-left-margin 0 MEMBER integer media-right-margin 0
      MEMBER keyword media-source main-roll MEMBER keyword media-type continuous
    }
    ATTR collection media-col-ready {
      MEMBER collection media-size { MEMBER integer x-dimension 7200 MEMBER integer y-dimension 20000 }
      MEMBER integer media-top-margin 0 MEMBER integer media-bottom-margin 0
      MEMBER integer media-left-margin 0 MEMBER integer media-right-margin 0
      MEMBER keyword media-source main-roll MEMBER keyword media-type continuous
    }
    ATTR octetString printer-input-tray \
    "type=continuousRoll;mediafeed=-2;mediaxfeed=7200;maxcapacity=-2;level=-2;status=0;name=main-roll;"
    """

  /// An office printer: A4 and A5 from a tray, 600 dpi, PDF and PWG raster.
  private static let officeAttributes =
    attributes
    .replacing("Yichuang Test Roll", with: "Yichuang Test Office").replacing("Test roll", with: "Test office")
    .replacing("MDL:Test Roll;", with: "MDL:Test Office;").replacing("203dpi", with: "600dpi")
    .replacing("keyword media-default custom_roll_72x200mm", with: "keyword media-default iso_a4_210x297mm")
    .replacing("keyword media-ready custom_roll_72x200mm", with: "keyword media-ready iso_a4_210x297mm")
    .replacing(
      "custom_roll_72x200mm,custom_min_48x20mm,custom_max_80x2000mm", with: "iso_a4_210x297mm,iso_a5_148x210mm"
    )
    .replacing("main-roll", with: "tray-1").replacing(
      "keyword media-type-supported continuous", with: "keyword media-type-supported stationery"
    )
    .replacing("keyword media-type continuous", with: "keyword media-type stationery")
    .replacing(
      "x-dimension 7200 MEMBER integer y-dimension 20000", with: "x-dimension 21000 MEMBER integer y-dimension 29700"
    )
    .replacing(
      "MEMBER rangeOfInteger x-dimension 4800-8000 MEMBER rangeOfInteger y-dimension 2000-200000",
      with: "MEMBER integer x-dimension 14800 MEMBER integer y-dimension 21000"
    )
    .replacing("margin-supported 0", with: "margin-supported 423").replacing("-margin 0", with: "-margin 423")
    .replacing(
      "type=continuousRoll;mediafeed=-2;mediaxfeed=7200;maxcapacity=-2;level=-2;status=0;name=tray-1;",
      with: "type=sheetFeedAutoRemovableTray;mediafeed=0;mediaxfeed=0;maxcapacity=250;level=200;status=0;name=tray-1;")
}
