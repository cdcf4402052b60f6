import Foundation
import Glibc
import Testing

/// Goal: an operator can change a hall's configuration while people use it. Method: the built daemon with files of the
/// test's, asked with curl as a browser on this machine would ask.
@Suite("an open hall", .serialized, .timeLimit(.minutes(10)))
struct OpenHallTests {
  let folder: Folder
  /// Pages and reference files of the test's own, so that it can change them.
  let share: Folder

  init() throws {
    folder = try Folder()
    share = try Folder()
    let reference = Program.repository.path + "/packaging/reference"
    let files = FileManager.default
    try files.createDirectory(atPath: share.file("packaging/reference"), withIntermediateDirectories: true)
    for name in ["Kiosk", "docs", "Devices"] {
      try files.createSymbolicLink(
        atPath: share.file(name), withDestinationPath: "\(Program.repository.path)/\(name)")
    }
    for name in try files.contentsOfDirectory(atPath: reference) {
      try files.copyItem(atPath: reference + "/" + name, toPath: share.file("packaging/reference/" + name))
    }
  }

  private func configuration() throws -> String {
    try String(contentsOfFile: Program.repository.path + "/packaging/reference/demo.yaml", encoding: .utf8)
  }

  /// Status and body of an answer; the status is 0 when nobody answers.
  private func curl(_ url: String, _ arguments: String...) throws -> (status: Int, body: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/curl")
    process.arguments = ["-s", "-g", "--max-time", "30", "-w", "\n%{http_code}"] + arguments + [url]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return (Int(lines.last ?? "") ?? 0, lines.dropLast().joined(separator: "\n"))
  }

  private func signIn(_ hall: String, _ badge: String, jar: String) throws -> Int {
    try curl(
      hall + "/v1/sessions", "-c", folder.file(jar), "-H", "Content-Type: application/json", "-d",
      #"{"badge":"\#(badge)","secret":"yichuang-demo-2026"}"#
    ).status
  }

  @Test(
    "a reload takes over staff, the board's link and frequent items; who is not on the list any more is out at once")
  func staff() throws {
    let daemon = try Program(
      "yichuangd", ["--demo", "--state", folder.file("state"), "--kiosk-port", "0", "--hall-port", "0"],
      environment: ["YICHUANG_SHARE": share.path])
    let lines = try #require(daemon.lines(until: "ready"))
    func address(_ word: String, _ end: String) throws -> String {
      let line = try #require(lines.first { $0.hasPrefix(word + " ") })
      let url = line.dropFirst(word.count).trimmingCharacters(in: .whitespaces)
      return String(url[..<(try #require(url.range(of: end))).lowerBound])
    }
    let hall = try address("window", "/window/")
    let kiosk = try address("dock", "/dock/")
    let link = hall + "/board/enter?token=yichuang-demo-board-2026"
    #expect(try signIn(hall, "AJ001", jar: "one") == 201)
    #expect(try signIn(hall, "AJ002", jar: "two") == 201)
    #expect(try signIn(hall, "AJ005", jar: "five") == 401)
    #expect(try curl(link, "-c", folder.file("board")).status == 303)
    #expect(try curl(hall + "/v1/speech?number=A001&window=99", "-b", folder.file("board")).status == 400)

    // AJ001 goes, AJ005 comes; everybody's secret is the demo's.
    let changed = try configuration().replacing("badge: AJ001", with: "badge: AJ005")
      .replacing("yichuang-demo-board-2026", with: "another-secret-of-the-board")
      .replacing("frequent: [RS-005, ", with: "frequent: [MZ-001, ")
    try share.write("packaging/reference/demo.yaml", changed)
    let reload = try Program.run("yichuangctl", "reload", "--state", folder.file("state"))
    #expect(reload.status == 0, "\(reload)")

    #expect(try curl(hall + "/v1/sessions/current", "-b", folder.file("one")).status == 401)
    #expect(try curl(hall + "/v1/sessions/current", "-b", folder.file("two")).status == 200, "still on the list")
    #expect(try signIn(hall, "AJ001", jar: "one") == 401)
    #expect(try signIn(hall, "AJ005", jar: "five") == 201)
    #expect(try curl(link).status == 403)
    #expect(try curl(hall + "/board/enter?token=another-secret-of-the-board").status == 303)
    #expect(try curl(hall + "/v1/speech?number=A001&window=99", "-b", folder.file("board")).status == 401)
    #expect(try curl(kiosk + "/v1/hall").body.contains(#""frequent":["MZ-001","MZ-004""#))

    // It names what it cannot apply, and leaves everything unchanged.
    try share.write(
      "packaging/reference/demo.yaml",
      changed.replacing("'127.0.0.1:7311'", with: "'127.0.0.1:7399'").replacing("badge: AJ002", with: "badge: AJ009"))
    let refused = try Program.run("yichuangctl", "reload", "--state", folder.file("state"))
    #expect(refused.status == 78 && refused.errors.contains("listeners") && refused.errors.contains("restart"))
    #expect(try curl(hall + "/v1/sessions/current", "-b", folder.file("two")).status == 200)
    daemon.send(SIGTERM)
    #expect(daemon.end().status == 0)
    try auditor()
  }

  /// What an auditor reads afterwards: each change by its name, and no secret.
  private func auditor() throws {
    func audit(_ arguments: String..., chinese: Bool = false) throws -> [Substring] {
      let tool = try Program(
        "yichuangctl", ["audit", "--state", folder.file("state")] + arguments,
        environment: chinese ? ["LC_ALL": "zh_CN.UTF-8"] : [:])
      return tool.end().output.split(separator: "\n")
    }
    let lines = try audit()
    // Who ran the tool.
    let user = NSUserName()
    func has(_ words: String) -> Bool { lines.contains { $0.contains(words) } }
    #expect(has("the hall started count=9 catalogue=") && has("the hall stopped"))
    #expect(has("signed in badge=AJ001 role=clerk source=127.0.0.1"))
    #expect(has("session ended badge=AJ001 source=127.0.0.1 why=account_changed"))
    #expect(has("settings changed by=\(user) settings=staff board_token frequent catalogue="))
    #expect(has("member added badge=AJ005 role=clerk by=\(user)") && has("member removed badge=AJ001 by=\(user)"))
    #expect(has("settings not taken why=restart by=\(user) settings=listeners"))
    #expect(try audit("--event", "staff_added").count == 1)
    #expect(try audit("--badge", "AJ005").count == 2)
    #expect(try audit("--since", "2999-01-01").isEmpty)
    #expect(try audit("--event", "staff_added", chinese: true).first?.contains("增加人员 工号=AJ005") == true)
    let text = lines.joined() + (try audit("--json").joined())
    for secret in ["yichuang-demo-2026", "yichuang-demo-board-2026", "another-secret-of-the-board", "scrypt$"] {
      #expect(!text.contains(secret))
    }
    #expect(try Program.run("yichuangctl", "audit", "--state", folder.file("nowhere")).status == 73)
    #expect(try Program.run("yichuangctl", "audit", "--since", "yesterday").status == 64)
  }

  /// A port that was free a moment ago.
  private func freePort() throws -> Int {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    try withUnsafeMutablePointer(to: &address) {
      try $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        try #require(bind(descriptor, $0, length) == 0)
        try #require(getsockname(descriptor, $0, &length) == 0)
      }
    }
    return Int(UInt16(bigEndian: address.sin_port))
  }

  @Test("each listener is where the configuration puts it, and nowhere else")
  func listeners() throws {
    let (kiosk, hall) = (try freePort(), try freePort())
    let hasIPv6 = FileManager.default.fileExists(atPath: "/proc/net/if_inet6")
    let hallHost = hasIPv6 ? "[::1]" : "127.0.0.4"
    let text = try configuration().replacing("127.0.0.1:7310", with: "127.0.0.3:\(kiosk)")
      .replacing("127.0.0.1:7311", with: "\(hallHost):\(hall)")
    let file = try share.write("packaging/reference/mine.yaml", text)
    let socket = try NotifySocket(path: folder.file("notify"))
    try FileManager.default.createDirectory(
      atPath: folder.file("state"), withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    let daemon = try Program(
      "yichuangd", ["--config", file],
      environment: [
        "YICHUANG_SHARE": share.path, "YICHUANG_STATE": folder.file("state"), "NOTIFY_SOCKET": socket.path,
      ])
    #expect(socket.hears("READY=1"))
    #expect(try curl("http://127.0.0.3:\(kiosk)/v1/hall").status == 200)
    let console = try curl("http://\(hallHost):\(hall)/v1/hall")
    #expect(console.status == 200, "\(console)")
    #expect(try curl("http://127.0.0.1:\(kiosk)/v1/hall").status == 0, "nobody listens there")
    #expect(try curl("http://127.0.0.1:\(hall)/v1/hall").status == 0)
    #expect(try curl("http://127.0.0.3:\(kiosk)/v1/hall", "-H", "Host: 127.0.0.9:\(kiosk)").status == 421)
    let again = try Program.run(
      "yichuangd", "--config", file,
      environment: ["YICHUANG_SHARE": share.path, "YICHUANG_STATE": folder.file("other")])
    #expect(again.status == 75 && again.errors.contains("port \(kiosk)"), "\(again)")
    daemon.send(SIGTERM)
    #expect(daemon.end().status == 0)
  }

  @Test("an operator with a Chinese terminal is answered in Chinese, by the daemon and by the tool")
  func chinese() throws {
    let terminal = ["YICHUANG_SHARE": share.path, "LC_ALL": "zh_CN.UTF-8"]
    func run(_ name: String, _ arguments: String...) throws -> (status: Int32, output: String, errors: String) {
      try Program(name, arguments, environment: terminal).end()
    }
    let state = folder.file("state")
    let good = try configuration()
    let mine = try share.write(
      "packaging/reference/mine.yaml", good.replacing("role: coordinator", with: "role: clerk"))
    let fine = try run("yichuangd", "--check", "--config", mine)
    #expect(fine.status == 0 && fine.output == "\(mine) 可以用\n", "\(fine)")
    #expect(fine.errors.contains("提醒：") && fine.errors.contains("没有统筹人员，无人能确认开闭营业日"))
    #expect(
      fine.errors.split(separator: "\n").allSatisfy { $0.hasPrefix("提醒：") && $0.contains(/[一-龥]/) }, "\(fine.errors)")
    let wrong = try share.write("packaging/reference/mine.yaml", good.replacing("level: town", with: "level: castle"))
    let refusedFile = try run("yichuangd", "--check", "--config", wrong)
    #expect(refusedFile.status == 78 && refusedFile.errors.contains("“level”是“castle”：请写其中之一：town, village"))
    #expect(refusedFile.errors.contains("\nyichuangd：\(wrong) 不能用，有 1 处错误：\n"), "\(refusedFile.errors)")

    let nobody = try run("yichuangctl", "reload", "--state", state)
    #expect(nobody.status == 69 && nobody.errors.hasPrefix("yichuangctl：\(state) 上没有运行服务：先启动"), "\(nobody.errors)")
    let daemon = try Program(
      "yichuangd", ["--demo", "--state", state, "--kiosk-port", "0", "--hall-port", "0"],
      environment: ["YICHUANG_SHARE": share.path])
    _ = try #require(daemon.lines(until: "ready"))
    let status = try run("yichuangctl", "status", "--state", state)
    #expect(status.status == 0 && status.output.contains("营业日 2") && !status.output.contains("business day"))
    // The daemon's own terminal is English: the language of an answer is that of the client.
    let english = try Program.run("yichuangctl", "status", "--state", state)
    #expect(english.output.contains("business day"))
    let held = try run("yichuangd", "--demo", "--state", state, "--kiosk-port", "0", "--hall-port", "0")
    #expect(held.status == 75 && held.errors.contains("正在用状态文件夹 \(state)：先停掉它"), "\(held.errors)")

    try share.write("packaging/reference/demo.yaml", good.replacing("'127.0.0.1:7311'", with: "'127.0.0.1:7399'"))
    let restart = try run("yichuangctl", "reload", "--state", state)
    #expect(
      restart.errors.hasPrefix("yichuangctl：没有换上，仍用原来的配置和目录：监听地址（listeners、door）改了，要重新启动才生效"), "\(restart.errors)")
    try share.write("packaging/reference/demo.yaml", good.replacing("level: town", with: "level: castle"))
    let refused = try run("yichuangctl", "reload", "--state", state)
    #expect(refused.status == 78 && refused.errors.contains("“level”是“castle”：请写其中之一"), "\(refused.errors)")
    try share.write("packaging/reference/demo.yaml", good)
    let taken = try run("yichuangctl", "reload", "--state", state)
    #expect(taken.status == 0 && taken.output.contains("已生效"), "\(taken)")
    let open = try run("yichuangctl", "day", "open", "--state", state)
    #expect(open.status == 1 && open.errors.contains("已经开了"), "\(open)")
    let closed = try run("yichuangctl", "day", "close", "--state", state).output
    #expect(closed.hasPrefix("营业日已关") && closed.contains("校验头"), "\(closed)")
    #expect(try run("yichuangctl", "verify", "--state", state).output.contains("条记录与写入时一致；检查点相符"))
    let json = try run("yichuangctl", "day", "close", "--state", state, "--json").output
    #expect(json.contains(#""chinese":"营业日没有开""#) && json.contains(#""sentence":"no business day is open""#), "\(json)")
    daemon.send(SIGTERM)
    #expect(daemon.end().status == 0)
  }

  @Test("warnings are said one by one by --check, and counted in one line by a hall that starts")
  func warnings() throws {
    let text = try configuration().replacing("role: coordinator", with: "role: clerk")
    let file = try share.write("packaging/reference/mine.yaml", text)
    let environment = ["YICHUANG_SHARE": share.path, "YICHUANG_STATE": folder.file("missing/state")]
    let check = try Program.run("yichuangd", "--check", "--config", file, environment: environment)
    #expect(check.status == 0)
    #expect(check.errors.contains("warning: ") && check.errors.contains("no coordinator: nobody can confirm a day"))
    // It fails at the state folder, after the files were read.
    let start = try Program.run("yichuangd", "--config", file, environment: environment)
    #expect(start.errors.contains("3 warnings about the files"), "\(start.errors)")
    #expect(!start.errors.contains("no coordinator"))
  }
}
