import Foundation
import Testing

@testable import Seal

@Suite struct HallSealTests {
  private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("yichuang-seal-\(UUID())")

  private func withFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder.appendingPathComponent("hall.key").path)
  }

  @Test("a text of the seal, as a log makes one of what it is given, has nothing of the key")
  func untold() {
    let seal = HallSeal(key: HallKey(bytes: [UInt8](repeating: 201, count: 32)))
    var dumped = ""
    dump(seal, to: &dumped)
    for text in ["\(seal)", String(reflecting: seal), "\([seal])", String(reflecting: [seal]), dumped] {
      #expect(text.contains("HallKey") && !text.contains("201"))
    }
  }

  @Test("digests of bytes that come in parts are those of the whole")
  func parts() {
    let seal = HallSeal(key: HallKey(bytes: Array(0..<32)))
    let bytes = (0..<5000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    for size in [1, 63, 64, 65, 4999, 5000] {
      func feed(_ add: (ArraySlice<UInt8>) -> Void) {
        for start in stride(from: 0, to: bytes.count, by: size) { add(bytes[start..<min(start + size, bytes.count)]) }
      }
      #expect(seal.digest(of: feed) == seal.digest(bytes))
      #expect(seal.keyedDigest(of: feed) == seal.keyedDigest(bytes))
    }
    #expect(seal.keyedDigest { _ in } == seal.keyedDigest([]))
  }

  @Test("a secret is known again and another one is not")
  func secrets() throws {
    let seal = HallSeal(key: HallKey(bytes: [UInt8](repeating: 1, count: 32)))
    let hash = try seal.hashSecret("yichuang-demo-2026")
    #expect(hash.hasPrefix("scrypt$ln=15,r=8,p=3$"))
    #expect(seal.verify(secret: "yichuang-demo-2026", hash: hash))
    #expect(!seal.verify(secret: "yichuang-demo-2027", hash: hash))
    #expect(try seal.hashSecret("yichuang-demo-2026") != hash)
  }

  @Test("a hash of an earlier release holds and is told from those of now")
  func lowerCost() throws {
    let seal = HallSeal(key: HallKey(bytes: [UInt8](repeating: 1, count: 32)))
    let old = try SecretHash(
      of: "石榴树", salt: [UInt8](repeating: 7, count: 16), cost: .init(logN: 15, blockSize: 8, parallel: 1)
    ).text
    #expect(seal.verify(secret: "石榴树", hash: old))
    #expect(seal.isOfLowerCost(old))
    #expect(try !seal.isOfLowerCost(seal.hashSecret("石榴树")))
  }

  @Test("a secret is the same from a keyboard that composes and from one that does not")
  func composed() throws {
    let seal = HallSeal(key: HallKey(bytes: [UInt8](repeating: 1, count: 32)))
    let (composed, decomposed) = ("caf\u{E9}-石榴树", "cafe\u{301}-石榴树")
    #expect(try seal.verify(secret: composed, hash: seal.hashSecret(decomposed)))
    #expect(try seal.verify(secret: decomposed, hash: seal.hashSecret(composed)))
    // An earlier release hashed the bytes as they came.
    let old = try SecretHash(of: decomposed, salt: [UInt8](repeating: 7, count: 16)).text
    #expect(seal.verify(secret: decomposed, hash: old))
  }

  @Test(
    "a hash of another form, a damaged one or a too dear one never matches",
    arguments: [
      "", "plain", "scrypt$ln=15,r=8,p=3$$", "scrypt$ln=15,r=8$c2FsdHNhbHQ=$AAAAAAAAAAAAAAAAAAAAAA==",
      "scrypt$ln=31,r=8,p=1$c2FsdHNhbHQ=$AAAAAAAAAAAAAAAAAAAAAA==", "scrypt$ln=4,r=8,p=1$c2FsdHNhbHQ=$AAAA",
      "bcrypt$ln=15,r=8,p=3$c2FsdHNhbHQ=$AAAAAAAAAAAAAAAAAAAAAA==",
    ])
  func strangeHashes(_ hash: String) {
    let seal = HallSeal(key: HallKey(bytes: [UInt8](repeating: 1, count: 32)))
    #expect(!seal.verify(secret: "", hash: hash))
  }

  @Test("the key is made once, for its owner alone, and read back")
  func keyFile() throws {
    try withFolder { path in
      let first = try HallSeal(keyFile: path)
      let second = try HallSeal(keyFile: path)
      #expect(first.keyIsNew)
      #expect(!second.keyIsNew)
      #expect(first.keyedDigest([1, 2, 3]) == second.keyedDigest([1, 2, 3]))
      #expect(first.keyedDigest([1, 2, 3]) != first.digest([1, 2, 3]))
      #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
      #expect(try Data(contentsOf: URL(fileURLWithPath: path)).count == 32)
    }
  }

  @Test("a key that others may read is refused, and one that is damaged")
  func badKeys() throws {
    try withFolder { path in
      _ = try HallSeal(keyFile: path)
      try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
      #expect(throws: KeyFault(path: path, problem: .openToOthers)) { try HallSeal(keyFile: path) }
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
      try Data(repeating: 0, count: 33).write(to: URL(fileURLWithPath: path))
      #expect(throws: KeyFault.self) { try HallSeal(keyFile: path) }
    }
  }

  @Test("a key that cannot be made is named with its path")
  func noPlace() {
    #expect(throws: KeyFault(path: "/nonexistent/hall.key", problem: .unwritable(ENOENT))) {
      try HallSeal(keyFile: "/nonexistent/hall.key")
    }
  }

  @Test("comparison tells equal from unequal")
  func comparison() {
    #expect(equalInConstantTime([1, 2], [1, 2]))
    #expect(!equalInConstantTime([1, 2], [1, 3]))
    #expect(!equalInConstantTime([1, 2], [1, 2, 3]))
    #expect(equalInConstantTime([], []))
  }
}
