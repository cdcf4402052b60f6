import Glibc

extension ClaimsFolder {
  /// Claims are kept this long after nobody needs them, in seconds: until then a scheduler that was killed may still
  /// read a job from its spool that it had already ended.
  package static let restSeconds = 600
  /// Files of attempts that nobody remembers go after this many seconds.
  package static let forgottenSeconds = 7 * 24 * 3_600

  /// The attempts of which there are files, and the seconds since the last of them was written.
  package func ages() throws(ClaimsFault) -> [JobUUID: Int] {
    guard let folder = opendir(path) else { throw .last("open \(path)") }
    defer { closedir(folder) }
    let now = time(nil)
    var ages: [JobUUID: Int] = [:]
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      var about = stat()
      guard let uuid = JobUUID(String(name.prefix { $0 != "." })), lstat("\(path)/\(name)", &about) == 0 else {
        continue
      }
      let age = now - about.st_mtim.tv_sec
      if name.hasSuffix(".new") {
        // Whoever made it was killed before it was linked.
        if age >= Self.restSeconds { unlink("\(path)/\(name)") }
        continue
      }
      ages[uuid] = min(ages[uuid] ?? age, age)
    }
    return ages
  }

  /// Removes everything about these attempts. Only for those of which the scheduler has no job any more: without its
  /// claim a slip could be sent again.
  package func remove(_ uuids: some Sequence<JobUUID>) {
    for uuid in uuids {
      // The claim first: one without its done file would read as a slip on its way.
      unlink(claimPath(uuid))
      unlink(donePath(uuid))
    }
  }
}
