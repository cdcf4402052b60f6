import Foundation
import PrinterLink
import PrinterProtocols
import Testing

// Goal: either the backend or the hall decides about an attempt, never both, and the decision survives the process that
// made it.
@Suite("The claims folder")
struct ClaimsFolderTests {
  final class Folder {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("claims-\(UInt32.random(in: 0...(.max)))")
    var claims: ClaimsFolder { ClaimsFolder(path: url.path) }

    init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(at: url) }

    func text(_ name: String) throws -> String {
      try String(contentsOf: url.appendingPathComponent(name), encoding: .utf8)
    }

    func write(_ name: String, _ text: String) throws {
      try text.write(to: url.appendingPathComponent(name), atomically: false, encoding: .utf8)
    }

    var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []).sorted() }
  }

  private static let text = "0d2f6b1e-7c1a-3f52-6b0e-0123456789ab"

  private func uuid() throws -> JobUUID { try #require(JobUUID("urn:uuid:" + Self.text.uppercased())) }

  @Test("a backend's claim keeps the hall out, and says what the printer said")
  func sent() throws {
    let folder = try Folder()
    let uuid = try uuid()
    #expect(try folder.claims.standing(of: uuid) == .free)
    var claim = try folder.claims.claim(uuid, jobName: "slip:4T7Q2M9K1XWC:1")
    #expect(try folder.claims.standing(of: uuid) == .sending(isAlive: true))
    #expect(try folder.claims.withdraw(uuid, jobName: "slip:4T7Q2M9K1XWC:1") == false)
    #expect(try folder.claims.claim(uuid, jobName: "slip:4T7Q2M9K1XWC:1") == nil)
    #expect(try folder.text(Self.text + ".claim").hasPrefix("sending slip:4T7Q2M9K1XWC:1 "))
    try folder.claims.finish(try #require(claim), .echo)
    #expect(try folder.claims.standing(of: uuid) == .done(.echo))
    claim = nil
    #expect(try folder.claims.standing(of: uuid) == .done(.echo))
    #expect(folder.names == [Self.text + ".claim", Self.text + ".done"])
  }

  @Test("a backend that is gone without the printer's word is told from one that still waits")
  func gone() throws {
    let folder = try Folder()
    let uuid = try uuid()
    var claim = try folder.claims.claim(uuid, jobName: "slip:X:1")
    #expect(claim != nil)
    claim = nil
    #expect(try folder.claims.standing(of: uuid) == .sending(isAlive: false))
    #expect(try folder.claims.withdraw(uuid, jobName: "slip:X:1") == false)
  }

  @Test("a hall's claim keeps the backend out")
  func withdrawn() throws {
    let folder = try Folder()
    let uuid = try uuid()
    #expect(try folder.claims.withdraw(uuid, jobName: "slip:X:1"))
    #expect(try folder.claims.claim(uuid, jobName: "slip:X:1") == nil)
    #expect(try folder.claims.standing(of: uuid) == .withdrawn)
  }

  @Test("a claim of which not a byte was sent is given back for good")
  func abandoned() throws {
    let folder = try Folder()
    let uuid = try uuid()
    let claim = try #require(try folder.claims.claim(uuid, jobName: "slip:X:1"))
    try folder.claims.abandon(claim, jobName: "slip:X:1")
    #expect(try folder.claims.standing(of: uuid) == .withdrawn)
    #expect(folder.names == [Self.text + ".claim"])
  }

  @Test("of many at once one gets the claim", arguments: 1...20)
  func race(round: Int) async throws {
    let folder = try Folder()
    let uuid = try uuid()
    let claims = folder.claims
    let winners = try await withThrowingTaskGroup(of: Bool.self) { group in
      for _ in 0..<8 {
        group.addTask { try claims.withdraw(uuid, jobName: "slip:X:1") }
      }
      return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
    }
    #expect(winners == 1)
    #expect(folder.names == [Self.text + ".claim"])
  }

  @Test("a claim that says nothing may have been sent", arguments: ["", "sending", "withdrawnX", "E3 1"])
  func unreadable(text: String) throws {
    let folder = try Folder()
    try folder.write(Self.text + ".claim", text)
    #expect(try folder.claims.standing(of: uuid()) == .sending(isAlive: false))
    try folder.write(Self.text + ".done", "E9 1\n")
    #expect(try folder.claims.standing(of: uuid()) == .sending(isAlive: false))
  }

  @Test("names of jobs that are not the hall's are not written down", arguments: ["Brief an Oma", "slip:a b", "x"])
  func foreignNames(name: String) throws {
    let folder = try Folder()
    _ = try folder.claims.claim(uuid(), jobName: name)
    #expect(try folder.text(Self.text + ".claim").hasPrefix("sending - "))
  }

  @Test("a folder that is not there is no folder without claims")
  func missing() throws {
    let claims = ClaimsFolder(path: "/nowhere/claims")
    #expect(throws: ClaimsFault.self) { try claims.standing(of: uuid()) }
    #expect(throws: ClaimsFault.self) { try claims.withdraw(uuid(), jobName: "slip:X:1") }
    #expect(try claims.usable() == false)
  }

  @Test(
    "only a job-uuid names a claim", arguments: ["", "urn:uuid:0", "../" + text, text + "0", "urn:uuid:" + text + "/"])
  func names(text: String) { #expect(JobUUID(text) == nil) }
}
