import PrinterLink
import PrinterProtocols
import Testing

@Suite("The device-uri of a slip printer")
struct DeviceAddressTests {
  @Test("says where the printer is")
  func places() throws {
    #expect(try DeviceAddress(uri: "yichuang-pos://10.0.0.7").location == .network(host: "10.0.0.7", port: 9100))
    #expect(
      try DeviceAddress(uri: "yichuang-pos://slip-1.hall:9101/").location == .network(host: "slip-1.hall", port: 9101))
    #expect(
      try DeviceAddress(uri: "yichuang-pos://[fe80::1]:9100/?wait=1").location == .network(host: "fe80::1", port: 9100))
    #expect(try DeviceAddress(uri: "yichuang-pos://[::1]/").location == .network(host: "::1", port: 9100))
    #expect(
      try DeviceAddress(uri: "yichuang-pos:/dev/usb/lp0?status=none").location == .printerNode(path: "/dev/usb/lp0"))
    #expect(try DeviceAddress(uri: "yichuang-pos:/dev/ttyS0").location == .serial(path: "/dev/ttyS0", SerialLine()))
    #expect(
      try DeviceAddress(uri: "yichuang-pos:/dev/slips?baud=115200&flow=xonxoff").location
        == .serial(path: "/dev/slips", SerialLine(baud: 115_200, flow: .xonxoff)))
  }

  @Test("says how the printer is asked")
  func options() throws {
    let usual = try DeviceAddress(uri: "yichuang-pos://10.0.0.7")
    #expect(usual == DeviceAddress(location: .network(host: "10.0.0.7", port: 9100)))
    #expect(usual.status == .realtime)
    #expect(usual.completion == .echo)
    #expect((usual.waitMilliseconds, usual.confirmMilliseconds) == (4_000, 25_000))
    let all = try DeviceAddress(
      uri: "yichuang-pos://10.0.0.7/?model=epson-tm-t88&status=none&completion=status&wait=0.25&confirm=600")
    #expect(all.model == "epson-tm-t88")
    #expect(all.status == .none)
    #expect(all.completion == .status)
    #expect((all.waitMilliseconds, all.confirmMilliseconds) == (250, 600_000))
  }

  @Test(
    "names what is wrong with it",
    arguments: [
      ("", .otherScheme), ("socket://10.0.0.7", .otherScheme), ("yichuang-pos", .otherScheme),
      ("yichuang-pos:", .noLocation), ("yichuang-pos://", .noLocation), ("yichuang-pos:///?wait=1", .noLocation),
      ("yichuang-pos:?wait=1", .noLocation),
      ("yichuang-pos://a b/", .badHost("a b")), ("yichuang-pos://user@host/", .badHost("user@host")),
      ("yichuang-pos://[10.0.0.7]/", .badHost("10.0.0.7")), ("yichuang-pos://host/path", .badHost("host/path")),
      ("yichuang-pos://:9100/", .badHost("")),
      ("yichuang-pos://host:/", .badPort("")), ("yichuang-pos://host:0/", .badPort("0")),
      ("yichuang-pos://host:65536/", .badPort("65536")), ("yichuang-pos://host:+1/", .badPort("+1")),
      ("yichuang-pos:/etc/passwd", .badPath("/etc/passwd")), ("yichuang-pos:/dev/../etc", .badPath("/dev/../etc")),
      ("yichuang-pos:/dev/", .badPath("/dev/")), ("yichuang-pos:dev/lp0", .badPath("dev/lp0")),
      ("yichuang-pos://host/?wait", .malformedOption("wait")), ("yichuang-pos://host/?=1", .malformedOption("=1")),
      ("yichuang-pos://host/?wiat=1", .unknownOption("wiat")),
      ("yichuang-pos://host/?wait=1&wait=2", .repeatedOption("wait")),
      ("yichuang-pos://host/?wait=-1", .badValue(option: "wait", value: "-1")),
      ("yichuang-pos://host/?wait=", .badValue(option: "wait", value: "")),
      ("yichuang-pos://host/?wait=1.2345", .badValue(option: "wait", value: "1.2345")),
      ("yichuang-pos://host/?confirm=601", .badValue(option: "confirm", value: "601")),
      ("yichuang-pos://host/?status=ipp", .badValue(option: "status", value: "ipp")),
      ("yichuang-pos://host/?completion=ipp", .badValue(option: "completion", value: "ipp")),
      ("yichuang-pos://host/?model=A", .badValue(option: "model", value: "A")),
      ("yichuang-pos://host/?baud=9600", .notForThisLocation(option: "baud")),
      ("yichuang-pos:/dev/ttyS0?baud=9601", .badValue(option: "baud", value: "9601")),
      ("yichuang-pos:/dev/ttyS0?flow=maybe", .badValue(option: "flow", value: "maybe")),
      ("yichuang-pos://" + String(repeating: "h", count: 1_100), .tooLong),
    ] as [(String, DeviceAddressFault)])
  func faults(uri: String, fault: DeviceAddressFault) {
    #expect(throws: fault) { try DeviceAddress(uri: uri) }
  }
}
