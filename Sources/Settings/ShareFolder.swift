import Foundation

/// The folders of pages, reference files, printer models and the API's description.
package struct ShareFolder: Sendable {
  /// Contains touch/, window/, board/, shared/, locales/.
  package let pages: String
  /// Contains demo.yaml and the files that it names.
  package let reference: String
  package let openAPI: String
  /// Contains a folder for each printer model.
  package let models: String
  /// Contains a folder for each kind of card reader and scanner.
  package let readerModels: String
  /// Contains what a machine's own screen needs: the start page, the X server's configuration, Chromium's policies.
  package let screen: String
  /// Contains the door's template (nginx.conf) and its pages.
  package let door: String
  /// Contains the schema of the shared journal (schema-1.sql).
  package let shared: String

  /// No folder contains the pages.
  package struct Missing: Error, Hashable, Sendable, CustomStringConvertible {
    package let lookedLastIn: String

    package var description: String {
      "no pages (Kiosk/touch/index.html) in \(lookedLastIn): set YICHUANG_SHARE to the folder that holds Kiosk/"
    }

    package var chinese: String {
      "\(lookedLastIn) 里没有页面（Kiosk/touch/index.html）：把 YICHUANG_SHARE 设为含有 Kiosk/ 的文件夹，或重新安装"
    }
  }

  /// `YICHUANG_SHARE`, else the nearest folder above the executable that contains the pages, else the working directory
  /// or one above it, else the installed location.
  package static func find() throws(Missing) -> ShareFolder {
    let environment = ProcessInfo.processInfo.environment
    let candidates: [String]
    if let given = environment["YICHUANG_SHARE"], !given.isEmpty {
      candidates = [given]
    } else {
      let program = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
      candidates =
        ancestors(of: program) + ancestors(of: FileManager.default.currentDirectoryPath + "/.")
        + ["/usr/share/yichuang"]
    }
    for folder in candidates where has(folder + "/Kiosk/touch/index.html") {
      let installed = has(folder + "/reference")
      return ShareFolder(
        pages: folder + "/Kiosk", reference: folder + (installed ? "/reference" : "/packaging/reference"),
        openAPI: folder + (installed ? "/openapi.yaml" : "/docs/openapi.yaml"),
        models: folder + (installed ? "/models" : "/Devices/models"),
        readerModels: folder + (installed ? "/reader-models" : "/Devices/reader-models"),
        screen: folder + (installed ? "/screen" : "/packaging/screen"),
        door: folder + (installed ? "/door" : "/packaging/door"),
        shared: folder + (installed ? "/shared" : "/packaging/shared"))
    }
    throw Missing(lookedLastIn: candidates.last ?? "")
  }

  private static func ancestors(of path: String) -> [String] {
    var folders: [String] = []
    var rest = path[...]
    while let slash = rest.lastIndex(of: "/") {
      rest = rest[..<slash]
      folders.append(rest.isEmpty ? "/" : String(rest))
    }
    return folders
  }

  private static func has(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }
}
