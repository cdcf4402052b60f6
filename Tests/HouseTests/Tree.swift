import Foundation

/// The repository's files.
enum Tree {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  struct File {
    /// Relative to the root.
    let path: String
    let text: String
    var fileExtension: String { URL(filePath: path).pathExtension }
    var scan: SwiftScan { SwiftScan(text) }
    var lineCount: Int { text.split(separator: "\n", omittingEmptySubsequences: false).count - 1 }
  }

  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// Every text file under the folders; those that do not exist are left out, binary files too.
  static func files(under folders: [String], extensions: Set<String>? = nil) -> [File] {
    folders.flatMap { folder -> [File] in
      let base = root.appending(path: folder)
      guard let walk = FileManager.default.enumerator(at: base, includingPropertiesForKeys: [.isRegularFileKey]) else {
        return []
      }
      return walk.compactMap { $0 as? URL }
        .filter { extensions?.contains($0.pathExtension) ?? true }
        .filter { (try? $0.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) ?? false }
        .compactMap { url in
          guard let text = try? String(contentsOf: url, encoding: .utf8) else { return nil }
          return File(path: folder + url.path.dropFirst(base.path.count), text: text)
        }
    }
    .sorted { $0.path < $1.path }
  }

  static var swift: [File] { files(under: ["Sources", "Devices", "Benchmarks"], extensions: ["swift"]) }
}
