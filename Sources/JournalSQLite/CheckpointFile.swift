import Glibc
import Groundwork
import Ports

/// The checkpoint on disk: two whole slots that alternate, and a third for the newest position.
///
/// A whole slot is durable before `keep` returns, and the other slot is not touched meanwhile, so one of the two is
/// always valid. The position is written after every commit without a sync. It survives the death of the process; after
/// a power cut an older one may be on disk, which is allowed, because the journal may be ahead of the checkpoint.
final class CheckpointFile {
  private static let stride = CheckpointReading.stride
  private static let length = CheckpointReading.length

  private let path: String
  private var file: Int32
  private let codec: CheckpointCodec
  private let syncDelay: SyncDelay
  /// As on disk, or as it will be after the next write-back.
  private(set) var checkpoint: Checkpoint
  private var generation: UInt64
  /// Why the next whole checkpoint is written into a new file.
  private var renewal: Renewal?

  private enum Renewal {
    /// The file is not as it was written; it is kept beside the new one.
    case damage
    case earlierRelease
  }

  private init(_ path: String, file: Int32, codec: CheckpointCodec, syncDelay: SyncDelay, reading: CheckpointReading) {
    self.path = path
    self.file = file
    self.codec = codec
    self.syncDelay = syncDelay
    generation = reading.generation
    if case .checkpoint(let good) = reading.found { checkpoint = good } else { checkpoint = Checkpoint() }
    renewal =
      reading.found == .unreadable || !reading.damage.isEmpty
      ? .damage : reading.isOfEarlierRelease ? .earlierRelease : nil
  }

  deinit { close(file) }

  /// Opens the file; creates it when there is none.
  ///
  /// - Parameter fresh: the journal is empty, so a new file gets a first checkpoint. Beside a journal with records a
  ///   new file stays without one until staff accept the journal.
  static func open(
    _ path: String, sealing: any Sealing, fresh: Bool, syncDelay: SyncDelay = .none
  ) throws(StateFault) -> (CheckpointFile, CheckpointReading) {
    let codec = CheckpointCodec(sealing: sealing)
    let isNew = !Files.exists(path)
    if isNew { try create(path, first: fresh ? codec.encode(Checkpoint(), generation: 1) : []) }
    let file = Glibc.open(path, O_RDWR | O_CLOEXEC)
    guard file >= 0 else { throw .notWritable(path, errno) }
    let reading: CheckpointReading
    do throws(StateFault) { reading = try read(file, path, sealing) } catch {
      close(file)
      throw error
    }
    if case .checkpoint = reading.found, !reading.isOfEarlierRelease { try markKeyed(path) }
    let opened = CheckpointFile(path, file: file, codec: codec, syncDelay: syncDelay, reading: reading)
    return (opened, isNew && !fresh ? .nothing : reading)
  }

  /// The checkpoint of a journal that is only read; it cannot be written.
  static func openForReading(
    _ path: String, sealing: any Sealing
  ) throws(StateFault) -> (CheckpointFile, CheckpointReading) {
    let reading = try look(at: path, sealing: sealing)
    let file = CheckpointFile(
      path, file: -1, codec: CheckpointCodec(sealing: sealing), syncDelay: .none, reading: reading)
    return (file, reading)
  }

  /// Reads a file without opening it for writing; `.nothing` when there is none.
  static func look(at path: String, sealing: any Sealing) throws(StateFault) -> CheckpointReading {
    let file = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else {
      if errno == ENOENT { return .nothing }
      throw .failed(path, during: "opening", detail: Files.text(errno))
    }
    defer { close(file) }
    return try read(file, path, sealing)
  }

  /// Reads this file again.
  func look() throws(StateFault) -> CheckpointReading {
    try Self.read(file, path, codec.sealing)
  }

  private static func read(_ file: Int32, _ path: String, _ sealing: any Sealing) throws(StateFault)
    -> CheckpointReading
  {
    .read(try contents(of: file, path), sealing: sealing, isKeyed: Files.exists(keyedMarker(path)))
  }

  /// An empty file that says that this hall's checkpoint is under its key, so that a plain one is taken over only once.
  private static func keyedMarker(_ path: String) -> String { path + ".keyed" }

  private static func markKeyed(_ path: String) throws(StateFault) {
    let marker = keyedMarker(path)
    guard !Files.exists(marker) else { return }
    try Files.createPrivate(marker)
    try Files.syncFolder(Files.parent(of: path))
  }

  /// The whole file, and one byte more where it is longer than it should be.
  private static func contents(of file: Int32, _ path: String) throws(StateFault) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: length + 1)
    let count = pread(file, &bytes, bytes.count, 0)
    guard count >= 0 else { throw .failed(path, during: "reading", detail: Files.text(errno)) }
    return Array(bytes.prefix(count))
  }

  /// Creates the file at its full length with the first checkpoint, so that later writes need neither space nor a
  /// change of size.
  private static func create(_ path: String, first slot: [UInt8]) throws(StateFault) {
    let fresh = path + ".new"
    let file = Glibc.open(fresh, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw .notWritable(path, errno) }
    var content = [UInt8](repeating: 0, count: length)
    content.replaceSubrange(stride..<(stride + slot.count), with: slot)
    var error = FileWriting.write(content, to: file, at: 0)
    if error == 0 { error = FileWriting.sync(file) }
    close(file)
    guard error == 0 else {
      unlink(fresh)
      throw .notWritable(path, error)
    }
    try Files.move(fresh, to: path)
    try Files.syncFolder(Files.parent(of: path))
  }

  /// Writes a whole checkpoint and returns when it is durable.
  func keep(_ next: Checkpoint) throws(JournalFault) {
    if let renewal { return try renew(next, renewal) }
    try write(codec.encode(next, generation: generation + 1), slot: Int((generation + 1) % 2))
    let error = FileWriting.syncData(file)
    guard error == 0 else { throw .broken(detail: "the checkpoint cannot be synced: \(Files.text(error))") }
    syncDelay.wait()
    generation += 1
    checkpoint = next
  }

  /// Replaces this file durably by a new one. A damaged file is kept beside it, so that the cause can be found.
  private func renew(_ next: Checkpoint, _ reason: Renewal) throws(JournalFault) {
    do throws(StateFault) {
      if reason == .damage { try? Files.copy(path, to: path + ".damaged") }
      try Self.create(path, first: codec.encode(next, generation: 1))
      // After the new file: a crash in between leaves a file under the key, which tells the next start the same.
      try Self.markKeyed(path)
    } catch {
      if case .notWritable(_, ENOSPC) = error { throw .full }
      if case .notWritable(_, EROFS) = error { throw .readOnly }
      throw .broken(detail: "the checkpoint cannot be written: \(error)")
    }
    let renewed = Glibc.open(path, O_RDWR | O_CLOEXEC)
    guard renewed >= 0 else { throw .broken(detail: "the checkpoint cannot be opened: \(Files.text(errno))") }
    close(file)
    file = renewed
    generation = 1
    checkpoint = next
    renewal = nil
  }

  /// Writes a position without a sync; the kernel makes it durable later.
  func note(_ position: ChainPosition) throws(JournalFault) {
    try write(codec.encode(position, generation: generation), slot: 2)
    checkpoint.position = position
  }

  private func write(_ bytes: [UInt8], slot: Int) throws(JournalFault) {
    let error = FileWriting.write(bytes, to: file, at: Int64(slot * Self.stride))
    guard error == 0 else {
      throw JournalFault.refusal(error) ?? .broken(detail: "the checkpoint cannot be written: \(Files.text(error))")
    }
  }
}
