import FoundationEssentials

/// The pages under Kiosk/ and the scripts of Debian packages that they use, read once at start. Nothing else is served.
package struct PageFolder: Sendable {
  struct File: Sendable {
    let bytes: [UInt8]
    let type: String
    let tag: String
  }

  /// By path: `touch/index.html`.
  private let files: [String: File]

  /// Scripts that Debian's packages bring, by the path under which a page asks for them. A page does without one that is
  /// not installed.
  package static let libraries = ["manage/chart.min.js": "/usr/share/javascript/chart.js/chart.min.js"]

  package enum Fault: Error, Sendable {
    case unreadable(path: String)
  }

  /// Bytes; larger files are refused.
  static let largestFile = 4 << 20
  private static let types = [
    "html": "text/html; charset=utf-8", "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8",
    "json": "application/json; charset=utf-8", "svg": "image/svg+xml", "png": "image/png", "woff2": "font/woff2",
    "wav": "audio/wav",
  ]

  /// - Parameters:
  ///   - root: the folder that holds touch/, window/, board/, shared/, locales/.
  ///   - libraries: files of other packages, by path; one that cannot be read is not there.
  ///   - band: is added to each page of a training; a page to which it cannot be added is not served.
  ///   - tag: computes the ETag of a file's bytes.
  package init(
    root: String, libraries: [String: String] = PageFolder.libraries, band: TrainingBand? = nil,
    tag: ([UInt8]) -> String
  ) throws(Fault) {
    var files: [String: File] = [:]
    let manager = FileManager.default
    guard let paths = try? manager.subpathsOfDirectory(atPath: root) else { throw .unreadable(path: root) }
    for path in paths {
      guard let ending = path.split(separator: ".").last.map(String.init), let type = Self.types[ending] else {
        continue
      }
      guard let data = manager.contents(atPath: root + "/" + path), data.count <= Self.largestFile else {
        throw .unreadable(path: path)
      }
      var bytes = [UInt8](data)
      if let band, ending == "html" {
        guard let page = band.page(String(decoding: bytes, as: UTF8.self), path: path) else {
          throw .unreadable(path: path)
        }
        bytes = Array(page.utf8)
      }
      files[path] = File(bytes: bytes, type: type, tag: "\"\(tag(bytes))\"")
    }
    for (path, file) in libraries {
      guard let ending = path.split(separator: ".").last.map(String.init), let type = Self.types[ending],
        let data = manager.contents(atPath: file), data.count <= Self.largestFile
      else { continue }
      let bytes = [UInt8](data)
      files[path] = File(bytes: bytes, type: type, tag: "\"\(tag(bytes))\"")
    }
    self.files = files
  }

  /// The file at a URL path; a folder's path is its index.html.
  func file(_ path: String) -> File? {
    let inside = path.drop { $0 == "/" }
    return files[inside.hasSuffix("/") ? inside + "index.html" : String(inside)]
  }

  /// True when the path names a folder but does not end in a slash.
  func isFolder(_ path: String) -> Bool { files[path.drop { $0 == "/" } + "/index.html"] != nil }
}
