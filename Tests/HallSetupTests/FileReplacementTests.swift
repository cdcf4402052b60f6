import Foundation
import HallSetup
import Testing

/// Goal: a file is replaced whole or not at all. Method: files in a folder, and /dev/full's own error through a folder that is missing.
struct FileReplacementTests {
  @Test("the former file stays beside the new one, with its mode, and can be put back")
  func replace() throws {
    let kit = try SetupKit()
    let path = try kit.write("old\n", to: "a.yaml")
    chmod(path, 0o600)
    let file = try FileReplacement("new\n", at: path)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "old\n")
    try file.commit()
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "new\n")
    #expect(try String(contentsOfFile: path + ".1", encoding: .utf8) == "old\n")
    #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
    #expect(!FileManager.default.fileExists(atPath: path + ".new"))
    file.takeBack()
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "old\n")
  }

  @Test("what cannot be written changes nothing and says so in both languages")
  func fault() throws {
    let kit = try SetupKit()
    let path = kit.folder + "/missing/a.yaml"
    let fault = #expect(throws: FileReplacement.Fault.self) { _ = try FileReplacement("new\n", at: path) }
    #expect(fault?.english.contains("nothing was changed") == true)
    #expect(fault?.chinese.contains("什么也没有改") == true)
  }
}
