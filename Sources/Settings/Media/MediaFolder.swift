import Foundation
import YAMLDocuments

/// A picture or a text from an operator's folder for the screens.
package struct MediaFile: Hashable, Sendable {
  /// Its name in the folder.
  package let name: String
  /// `image/png`, `image/jpeg` or `text/plain`.
  package let type: String
  package let bytes: [UInt8]
}

/// Loads a folder of pictures and texts, once; files that cannot be shown are left out with a warning.
enum MediaFolder {
  /// Bytes; a picture of a screen's size is well below it.
  static let largestPicture = 3 << 20
  static let largestText = 4096
  /// Bytes of memory for all files of a folder.
  static let largestFolder = 32 << 20
  static let mostFiles = 200

  /// - Parameter texts: whether texts (`.txt`, UTF-8) are loaded beside pictures.
  static func read(_ folder: String, at location: FileLocation, texts: Bool, _ log: FaultLog) -> [MediaFile] {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      log.fault(
        location, "\(folder) is no folder that can be read", "name a folder, or take the line out",
        zh: "\(folder) 不是能读的文件夹：写一个文件夹，或去掉这一行")
      return []
    }
    var files: [MediaFile] = []
    var total = 0
    for name in names.sorted() where !name.hasPrefix(".") {
      guard files.count < mostFiles else {
        log.warn(
          FileLocation(file: folder), "holds more than \(mostFiles) files", "the others are not shown",
          zh: "文件超过 \(mostFiles) 个：多出的不显示")
        break
      }
      guard let file = file(name, in: folder, texts: texts, log) else { continue }
      total += file.bytes.count
      guard total <= largestFolder else {
        log.warn(
          FileLocation(file: "\(folder)/\(name)"), "with it the folder is larger than \(largestFolder >> 20) MiB",
          "it and what follows is not shown: make the pictures smaller",
          zh: "加上它，文件夹超过 \(largestFolder >> 20) MiB，从它起都不显示：把图片改小")
        break
      }
      files.append(file)
    }
    return files
  }

  private static func file(_ name: String, in folder: String, texts: Bool, _ log: FaultLog) -> MediaFile? {
    let path = "\(folder)/\(name)"
    let location = FileLocation(file: path)
    let kinds = texts ? "PNG, JPEG or UTF-8 text (.txt)" : "PNG or JPEG"
    guard let type = type(of: name, texts: texts) else {
      log.warn(
        location, "is not shown: it is none of \(kinds)", "take it out, or save it as one of them",
        zh: "没有显示，因为不是 \(texts ? "PNG、JPEG 或 UTF-8 文本（.txt）" : "PNG 或 JPEG")：拿走，或另存为其中一种")
      return nil
    }
    let own = FaultLog()
    let limit = type == "text/plain" ? largestText : largestPicture
    guard let bytes = BoundedFile.bytes(path, atMost: limit, own) else {
      for fault in own.faults {
        log.warn(
          location, "is not shown: it \(fault.what)", fault.remedy,
          zh: "没有显示，\(fault.chinese)")
      }
      return nil
    }
    guard isOne(bytes, of: type) else {
      log.warn(
        location, "is not shown: its content is no \(type)", "save it again as what its name says",
        zh: "没有显示，因为内容不是 \(type)：按文件名的类型重新存")
      return nil
    }
    return MediaFile(name: name, type: type, bytes: bytes)
  }

  private static func type(of name: String, texts: Bool) -> String? {
    switch name.split(separator: ".").last?.lowercased() {
    case "png": "image/png"
    case "jpg", "jpeg": "image/jpeg"
    case "txt": texts ? "text/plain" : nil
    default: nil
    }
  }

  /// By the first bytes: the PNG signature (ISO/IEC 15948 5.2), the JPEG start of image (ITU-T T.81 B.1.1.3).
  private static func isOne(_ bytes: [UInt8], of type: String) -> Bool {
    switch type {
    case "image/png": bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
    case "image/jpeg": bytes.starts(with: [0xFF, 0xD8, 0xFF])
    default: String(validating: bytes, as: UTF8.self) != nil
    }
  }
}
