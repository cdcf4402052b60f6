import Glibc

/// The addresses of this machine's own network cards. By them a disk that was copied to another machine is distinguished
/// from the disk of a machine that was restarted.
enum NetworkCards {
  /// Lower-case hardware addresses of cards on the machine's buses; empty where there are none, as in a container.
  ///
  /// USB cards may be plugged in and out, so a comparison only needs one address to be the same.
  static func addresses() -> Set<String> {
    #if DEBUG
      // `YICHUANG_TEST_CARDS`: addresses with commas between them, for tests of a copied disk.
      if let text = getenv("YICHUANG_TEST_CARDS") {
        return Set(String(cString: text).split(separator: ",").map(String.init))
      }
    #endif
    let folder = "/sys/class/net"
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var found: Set<String> = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      // A bridge, a tunnel or one end of a virtual cable has no device behind it.
      guard !name.hasPrefix("."), access("\(folder)/\(name)/device", F_OK) == 0,
        let text = firstLine("\(folder)/\(name)/address"), text.contains(where: { $0 != "0" && $0 != ":" })
      else { continue }
      found.insert(text.lowercased())
    }
    return found
  }

  private static func firstLine(_ path: String) -> String? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = read(file, &bytes, bytes.count)
    guard count > 0 else { return nil }
    return String(decoding: bytes.prefix(count).prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
  }
}
