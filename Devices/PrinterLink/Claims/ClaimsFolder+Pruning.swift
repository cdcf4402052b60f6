import Glibc

extension ClaimsFolder {
  /// Claims are kept this long after they are settled, in seconds: until then a killed scheduler may read a job from
  /// its spool again that had already ended.
  package static let restSeconds = 600
  /// Seconds after which files of unknown attempts are removed.
  package static let forgottenSeconds = 7 * 24 * 3_600

  /// The attempts that have files, and the seconds since the last of them was written.
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
        // Its writer was killed before the link.
        if age >= Self.restSeconds { unlink("\(path)/\(name)") }
        continue
      }
      ages[uuid] = min(ages[uuid] ?? age, age)
    }
    return ages
  }

  /// Removes all files of these attempts. Only for those without a job in the scheduler: without its claim a slip could
  /// be sent again.
  package func remove(_ uuids: some Sequence<JobUUID>) {
    for uuid in uuids {
      // The claim first: a claim without its done file would read as a slip in progress.
      unlink(claimPath(uuid))
      unlink(donePath(uuid))
    }
  }
}
