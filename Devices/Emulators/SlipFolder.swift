import Glibc
import Hall

/// Stores slips as files: `007-<slip>.bin` as the printer received it and `.png` as it looks.
///
/// Numbers continue where an earlier run stopped. What cannot be written is dropped: it is only for people to look at.
struct SlipFolder {
  private let path: String
  /// The next slip's number; nil until the folder has been read, which takes as long as it has files.
  private var next: Int?

  init(path: String) { self.path = path }

  /// Writes both files and returns their name without extension; nil when the folder cannot be written.
  mutating func save(_ bytes: [UInt8], png: [UInt8]?, slip: SlipID) -> String? {
    guard makeFolder() else { return nil }
    let number = next ?? nextNumber()
    next = number + 1
    let digits = String(number)
    let padded = String(repeating: "0", count: max(3 - digits.count, 0)) + digits
    let name = "\(padded)-\(Self.safe(slip.text))"
    if let png, !write(png, "\(path)/\(name).png") { return nil }
    return write(bytes, "\(path)/\(name).bin") ? name : nil
  }

  /// One more than the highest number in the folder.
  private func nextNumber() -> Int {
    guard let directory = opendir(path) else { return 1 }
    defer { closedir(directory) }
    var highest = 0
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if let number = Int(name.prefix { $0.isWholeNumber }) { highest = max(highest, number) }
    }
    return highest + 1
  }

  private func makeFolder() -> Bool {
    var made = path.hasPrefix("/") ? "" : "."
    for part in path.split(separator: "/") {
      made += "/" + part
      mkdir(made, 0o755)
    }
    return access(path, W_OK) == 0
  }

  private func write(_ bytes: [UInt8], _ file: String) -> Bool {
    let descriptor = open(file, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return Descriptor.writeAll(bytes, to: descriptor)
  }

  /// A slip's id as part of a file name: anything but letters, digits and hyphens becomes a hyphen.
  private static func safe(_ text: String) -> String {
    String(text.prefix(64).map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
  }
}
