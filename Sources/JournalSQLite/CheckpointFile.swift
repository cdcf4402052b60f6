import Glibc
import Groundwork
import Ports

/// The checkpoint on disk: two whole slots that alternate, and a third for the newest position.
///
/// A whole slot is durable before `keep` returns, and the other slot is not touched meanwhile, so one of the two is
/// always valid. The position is written after every commit without a sync. It survives the death of the process; after
/// a power cut an older one may be on disk, which is allowed, because the journal may be ahead of the checkpoint.
final class CheckpointFile {
  /// Each slot has a file-system block of its own.
  private static let stride = 4096
  private static let length = 3 * stride

  private let file: Int32
  private let codec: CheckpointCodec
  private let syncDelay: SyncDelay
  /// As on disk, or as it will be after the next write-back.
  private(set) var checkpoint: Checkpoint
  private var generation: UInt64

  private init(
    file: Int32, codec: CheckpointCodec, syncDelay: SyncDelay, checkpoint: Checkpoint, generation: UInt64
  ) {
    self.file = file
    self.codec = codec
    self.syncDelay = syncDelay
    self.checkpoint = checkpoint
    self.generation = generation
  }

  deinit { close(file) }

  /// The content of the file.
  enum Found: Equatable {
    /// There is no file.
    case nothing
    /// There is a file, but none of its slots is valid.
    case unreadable
    case checkpoint(Checkpoint)
  }

  /// Opens the file; creates it when there is none.
  ///
  /// - Parameter fresh: the journal is empty, so a new file gets a first checkpoint. Beside a journal with records a
  ///   new file stays without one until staff accept the journal.
  static func open(
    _ path: String, sealing: any Sealing, fresh: Bool, syncDelay: SyncDelay = .none
  ) throws(StateFault) -> (CheckpointFile, Found) {
    let codec = CheckpointCodec(sealing: sealing)
    let isNew = !Files.exists(path)
    if isNew { try create(path, first: fresh ? codec.encode(Checkpoint(), generation: 1) : []) }
    let file = Glibc.open(path, O_RDWR | O_CLOEXEC)
    guard file >= 0 else { throw .notWritable(path, errno) }
    var bytes = [UInt8](repeating: 0, count: length)
    let count = pread(file, &bytes, length, 0)
    guard count >= 0 else {
      let error = errno
      close(file)
      throw .failed(path, during: "reading", detail: Files.text(error))
    }
    let (found, generation) = newest(in: bytes, codec)
    var checkpoint = Checkpoint()
    if case .checkpoint(let good) = found { checkpoint = good }
    let opened = CheckpointFile(
      file: file, codec: codec, syncDelay: syncDelay, checkpoint: checkpoint, generation: generation)
    return (opened, isNew && !fresh ? .nothing : found)
  }

  /// Reads a file without opening it for writing; `.nothing` when there is none.
  static func look(at path: String, sealing: any Sealing) throws(StateFault) -> Found {
    let file = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else {
      if errno == ENOENT { return .nothing }
      throw .failed(path, during: "opening", detail: Files.text(errno))
    }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: length)
    guard pread(file, &bytes, length, 0) >= 0 else {
      throw .failed(path, during: "reading", detail: Files.text(errno))
    }
    return newest(in: bytes, CheckpointCodec(sealing: sealing)).0
  }

  private static func newest(in bytes: [UInt8], _ codec: CheckpointCodec) -> (Found, generation: UInt64) {
    let slots = (0..<3).map { bytes[($0 * stride)..<($0 * stride + CheckpointCodec.slotLength)] }
    let whole = slots.prefix(2).compactMap { codec.decodeWhole($0) }.max { $0.generation < $1.generation }
    guard var checkpoint = whole?.checkpoint, let generation = whole?.generation else { return (.unreadable, 0) }
    if let newer = codec.decodePosition(slots[2]), newer.generation == generation,
      newer.position.sequence > checkpoint.position.sequence
    {
      checkpoint.position = newer.position
    }
    return (.checkpoint(checkpoint), generation)
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
    try write(codec.encode(next, generation: generation + 1), slot: Int((generation + 1) % 2))
    let error = FileWriting.syncData(file)
    guard error == 0 else { throw .broken(detail: "the checkpoint cannot be synced: \(Files.text(error))") }
    syncDelay.wait()
    generation += 1
    checkpoint = next
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
