import Foundation
import Testing

@Suite("pictures of the manuals")
struct PictureRuleTests {
  private let pages = Tree.files(under: ["docs"], extensions: ["md"])

  private func pictures() throws -> [URL] {
    try FileManager.default.contentsOfDirectory(
      at: Tree.root.appending(path: "docs/pictures"), includingPropertiesForKeys: [.fileSizeKey]
    ).filter { $0.pathExtension == "png" }
  }

  private func readmes() throws -> [Tree.File] {
    try ["README.md", "README.zh-CN.md"].map { Tree.File(path: $0, text: try Tree.text($0)) }
  }

  @Test("every picture that a page names is there, and none is left over")
  func named() throws {
    let names = Set(try pictures().map(\.lastPathComponent))
    let all = try readmes() + pages
    #expect(names.count > 30 && all.count > 10)
    #expect(all.flatMap { PictureRules.missing(in: $0.text, file: $0.path, pictures: names) } == [])
    #expect(PictureRules.unused(names, pages: all.map(\.text)) == [])
  }

  @Test("no picture is large")
  func sizes() throws {
    let large = try pictures().filter {
      try $0.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? .max > PictureRules.mostBytes
    }
    #expect(large.map(\.lastPathComponent) == [])
  }

  @Test("a picture that nobody made is found at its line")
  func missing() {
    let page = "text\n![a](pictures/a.png) ![b](pictures/b.png)\n[c](docs/pictures/c.png)"
    #expect(
      PictureRules.missing(in: page, file: "m.md", pictures: ["a.png"]) == [
        Finding(file: "m.md", line: 2, what: "docs/pictures has no b.png"),
        Finding(file: "m.md", line: 3, what: "docs/pictures has no c.png"),
      ])
  }

  @Test("a picture that no page shows is found, also when it is only spoken of")
  func unused() {
    #expect(PictureRules.unused(["a.png", "b.png"], pages: ["![](pictures/a.png) pictures/b.png"]) == ["b.png"])
  }
}
