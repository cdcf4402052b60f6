/// The job-uuid of a CUPS job, bare and in lower case: the base name of its files in the claims folder.
package struct JobUUID: Hashable, Sendable {
  /// 36 characters.
  package let text: String

  /// Parses `urn:uuid:…` or the bare form; nil for anything else, so that no name escapes the folder.
  package init?(_ text: String) {
    let bare = text.lowercased().dropPrefix("urn:uuid:")
    let isUUID =
      bare.utf8.count == 36
      && bare.utf8.enumerated().allSatisfy { index, byte in
        [8, 13, 18, 23].contains(index)
          ? byte == UInt8(ascii: "-")
          : (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
      }
    guard isUUID else { return nil }
    self.text = String(bare)
  }
}

extension String {
  fileprivate func dropPrefix(_ prefix: String) -> Substring {
    hasPrefix(prefix) ? dropFirst(prefix.count) : self[...]
  }
}
