import Glibc
import Ports
import Synchronization

/// The keys of one kind in the folder of keys, a file each, named by what they are of: `case-2026H2.key`.
struct KeyFolder: Sendable {
  private static let suffix = ".key"

  private let folder: String
  private let prefix: String

  /// - Parameter folder: created with mode 0700 where missing.
  init(_ folder: String, prefix: String) throws(KeyFault) {
    self.folder = folder
    self.prefix = prefix
    guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
      throw KeyFault(path: folder, problem: .unwritable(errno))
    }
  }

  func path(of name: some CustomStringConvertible) -> String { folder + "/" + prefix + name.description + Self.suffix }

  /// The key of that name; nil where there is none.
  func read(_ name: some CustomStringConvertible) throws(KeyFault) -> [UInt8]? { try KeyFile.read(path(of: name)) }

  /// The key of that name, made where there is none.
  func readOrMake(_ name: some CustomStringConvertible) throws(KeyFault) -> [UInt8] {
    if let kept = try read(name) { return kept }
    // Two at once would each make one, and what the first had sealed could never be opened again.
    return try Self.making.withLock { _ throws(KeyFault) in
      if let kept = try read(name) { return kept }
      return try KeyFile.make(path(of: name))
    }
  }

  private static let making = Mutex(())

  /// Stores a key that was not made here.
  func put(_ key: [UInt8], _ name: some CustomStringConvertible) throws(KeyFault) {
    try KeyFile.put(key, path(of: name))
  }

  /// The names of this kind's keys, in order.
  func names() -> [String] {
    files().filter { $0.hasSuffix(Self.suffix) }.map { String($0.dropFirst(prefix.count).dropLast(Self.suffix.count)) }
  }

  /// A missing one is no error.
  func destroyOne(_ name: some CustomStringConvertible) throws(KeyFault) { try KeyFile.destroy(path(of: name)) }

  /// Destroys the keys of this kind that are due, and the unfinished ones that a crash left: they sealed nothing.
  ///
  /// - Parameter isDue: asked with the name of each.
  /// - Returns: how many files were destroyed.
  func destroy(where isDue: (Substring) -> Bool) throws(KeyFault) -> Int {
    var destroyed = 0
    for file in files() {
      let isWhole = file.hasSuffix(Self.suffix)
      guard !isWhole || isDue(file.dropFirst(prefix.count).dropLast(Self.suffix.count)) else { continue }
      try KeyFile.destroy(folder + "/" + file)
      destroyed += 1
    }
    return destroyed
  }

  private func files() -> [String] {
    guard let listing = opendir(folder) else { return [] }
    defer { closedir(listing) }
    var names: [String] = []
    while let entry = readdir(listing) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasPrefix(prefix) { names.append(name) }
    }
    return names.sorted()
  }
}
