import Backups
import Control
import Foundation
import Glibc
import Updates

/// The checks before an update begins. They change nothing of the hall.
struct UpdateCheck {
  let store: UpdateStore
  let state: StateOptions
  let gate: HallGate
  let config: String
  let keys: String
  /// Whether the update may begin while the business day is open.
  let now: Bool
  private let tools = DebianTools()

  private static let longestPackage: Int64 = 1 << 30
  private static let longestSignature = 4096
  private static let mostKeys = 16
  private static let spareBytes: Int64 = 64 << 20
  private static let archives = "/var/cache/apt/archives"
  static let signatureSuffix = ".minisig"

  init(_ store: UpdateStore, _ state: StateOptions, _ gate: HallGate, config: String, keys: String, now: Bool) {
    self.store = store
    self.state = state
    self.gate = gate
    self.config = config
    self.keys = keys
    self.now = now
  }

  /// An update to a signed file.
  ///
  /// - Parameter previous: the signed package of the version that is installed, where no update has kept one.
  func record(of file: String, previous: String?) async throws(UpdateFault) -> UpdateRecord {
    let installed = try await installedVersion()
    let fields = try await take(file, to: store.nextPackage)
    guard await tools.isNewer(fields.version, than: installed) else {
      throw fields.version == installed
        ? UpdateFault(
          .refused, "\(installed) is installed already: nothing was changed", zh: "已经是 \(installed)：没有改动")
        : UpdateFault(
          .refused,
          "\(fields.version) is older than \(installed), which is installed: yichuangctl update back returns to the version from before; nothing was changed",
          zh: "\(fields.version) 比已装的 \(installed) 旧：要回到上一个版本用 yichuangctl update back；没有改动")
    }
    // The kept packages are changed last, so that a refusal before leaves `update back` as it was.
    try await checkMachine(fields, store.nextPackage)
    try await keepPrevious(installed, named: previous, beside: file)
    return try await record(fields, installed)
  }

  /// The way back to the version that ran before the last update.
  func recordBack(_ last: UpdateRecord?) async throws(UpdateFault) -> UpdateRecord {
    let nothing = UpdateFault(
      .refused, "no earlier version is kept here: nothing was changed", zh: "这里没有留下更早的版本：没有改动")
    guard let last, last.phase == .good else { throw nothing }
    let installed = try await installedVersion()
    guard installed == last.next.version else { throw nothing }
    // A tool that was killed during an earlier attempt may have copied it already.
    let kept = [store.previousPackage, store.nextPackage].first { file in
      (try? DurableFile.measure(file))?.digest == last.previous.sha256
    }
    guard let kept, access(store.currentPackage, F_OK) == 0, let fields = await tools.fields(of: kept) else {
      throw nothing
    }
    try await checkMachine(fields, kept)
    do throws(BackupFault) {
      if kept != store.nextPackage { try DurableFile.copy(kept, to: store.nextPackage) }
      try DurableFile.copy(store.currentPackage, to: store.previousPackage)
    } catch { throw UpdateFault(error) }
    return try await record(fields, installed)
  }

  private func checkMachine(_ fields: DebianTools.Fields, _ file: String) async throws(UpdateFault) {
    try room(for: fields)
    try closed()
    if let words = await tools.obstacle(to: file) {
      throw UpdateFault(
        .installation,
        "\(fields.version) cannot be installed here (\(words)): connect this machine to its package source, or bring what is missing; nothing was changed",
        zh: "这台机器装不了 \(fields.version)（\(words)）：连上软件源或备齐所缺的软件包再试；没有改动")
    }
  }

  private func record(_ fields: DebianTools.Fields, _ installed: String) async throws(UpdateFault) -> UpdateRecord {
    let baseline = await gate.baseline(config: config)
    do throws(BackupFault) {
      return UpdateRecord(
        previous: .init(version: installed, sha256: try DurableFile.measure(store.previousPackage).digest),
        next: .init(version: fields.version, sha256: try DurableFile.measure(store.nextPackage).digest),
        baseline: baseline, at: Int64(Date().timeIntervalSince1970 * 1000))
    } catch { throw UpdateFault(error) }
  }

  private func installedVersion() async throws(UpdateFault) -> String {
    guard let installed = await tools.installed() else {
      throw UpdateFault(
        .installation,
        "the hall's programs did not come as a Debian package: install the package first (apt install ./yichuang_….deb)",
        zh: "大厅的程序不是用软件包装的：先安装软件包（apt install ./yichuang_….deb）")
    }
    return installed.version
  }

  /// Copies a file and its signature into the folder, verifies the copy, and only then looks into it.
  private func take(_ file: String, to kept: String) async throws(UpdateFault) -> DebianTools.Fields {
    var status = stat()
    guard lstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw UpdateFault(.usage, "\(file) is no file: name the package's .deb", zh: "\(file) 不是文件：写软件包 .deb 的文件名")
    }
    guard status.st_size <= Self.longestPackage else {
      throw UpdateFault(
        .usage, "\(file) is larger than a package can be: take the file that was delivered",
        zh: "\(file) 太大，不是软件包：用发来的那个文件")
    }
    try room(Int64(status.st_size) * 3, at: store.folder)
    guard let signature = DurableFile.head(file + Self.signatureSuffix, Self.longestSignature + 1),
      signature.count <= Self.longestSignature
    else {
      throw UpdateFault(
        .refused,
        "\(file) has no signature beside it (\(file)\(Self.signatureSuffix)): copy both files that were delivered; nothing was changed",
        zh: "\(file) 旁边没有签名文件（\(file)\(Self.signatureSuffix)）：把发来的两个文件一起拷来；没有改动")
    }
    let signatureFile = kept + Self.signatureSuffix
    defer { unlink(signatureFile) }
    do throws(BackupFault) {
      try DurableFile.copy(file, to: kept)
      try DurableFile.copy(file + Self.signatureSuffix, to: signatureFile)
    } catch { throw UpdateFault(error) }
    do throws(UpdateFault) {
      try await verify(kept, signatureFile, named: file)
      return try await look(kept, named: file)
    } catch {
      unlink(kept)
      throw error
    }
  }

  private func verify(_ file: String, _ signature: String, named name: String) async throws(UpdateFault) {
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: keys)) ?? []).filter { $0.hasSuffix(".pub") }
    let files = names.sorted().prefix(Self.mostKeys).map { keys + "/" + $0 }
    guard !files.isEmpty else {
      throw UpdateFault(
        .configuration,
        "there is no public key in \(keys): compare the key of whoever makes the packages with what they say themselves, then put it there as NAME.pub; nothing was changed",
        zh: "\(keys) 里没有公钥：向软件提供方当面核对公钥，再放进去，文件名写成 名称.pub；没有改动")
    }
    guard let isSigned = await tools.isSigned(file, signature, by: files) else {
      throw UpdateFault(
        .installation, "minisign is not installed: apt install minisign", zh: "没有 minisign：apt install minisign")
    }
    guard isSigned else {
      throw UpdateFault(
        .refused,
        "the signature of \(name) is not by a key in \(keys), or the file was changed: get both files again from whoever makes them; nothing was changed",
        zh: "\(name) 的签名与 \(keys) 里的公钥对不上，或文件被改过：向软件提供方重新要这两个文件；没有改动")
    }
  }

  private func look(_ file: String, named name: String) async throws(UpdateFault) -> DebianTools.Fields {
    guard let fields = await tools.fields(of: file), fields.package == DebianTools.package else {
      throw UpdateFault(
        .usage,
        "\(name) is no package of yichuang: take the file yichuang_VERSION_ARCHITECTURE.deb; nothing was changed",
        zh: "\(name) 不是一窗的软件包：用 yichuang_版本_架构.deb；没有改动")
    }
    let own = await tools.architecture()
    guard [own, "all"].contains(fields.architecture) else {
      throw UpdateFault(
        .refused,
        "\(name) is for \(fields.architecture), and this machine is \(own): take the package for \(own); nothing was changed",
        zh: "\(name) 是给 \(fields.architecture) 的，这台机器是 \(own)：换 \(own) 的软件包；没有改动")
    }
    return fields
  }

  /// The package of the installed version, to which a failure goes back.
  private func keepPrevious(_ installed: String, named: String?, beside file: String) async throws(UpdateFault) {
    let name = "/\(DebianTools.package)_\(installed)_\(await tools.architecture()).deb"
    do throws(BackupFault) {
      if let named {
        guard try await taken(named, installed) else { throw Self.notInstalled(named, installed).asBackup }
        return
      }
      for kept in [store.currentPackage, store.previousPackage, Self.archives + name] {
        guard access(kept, F_OK) == 0, await tools.fields(of: kept)?.version == installed else { continue }
        if kept != store.previousPackage { try DurableFile.copy(kept, to: store.previousPackage) }
        return
      }
    } catch { throw UpdateFault(error) }
    let beside = DurableFile.parent(of: file) + name
    if access(beside, F_OK) == 0, (try? await taken(beside, installed)) == true { return }
    throw UpdateFault(
      .refused,
      "the package of the installed version \(installed) is not here, so there would be no way back: add --previous FILE with its .deb and signature; nothing was changed",
      zh: "这里没有已装版本 \(installed) 的软件包，出了问题回不去：加 --previous 写它的 .deb（连同签名）；没有改动")
  }

  private func taken(_ file: String, _ installed: String) async throws(BackupFault) -> Bool {
    let candidate = store.folder + "/candidate.deb"
    defer { unlink(candidate) }
    do throws(UpdateFault) {
      guard try await take(file, to: candidate).version == installed else { return false }
    } catch { throw error.asBackup }
    try DurableFile.copy(candidate, to: store.previousPackage)
    return true
  }

  private static func notInstalled(_ file: String, _ installed: String) -> UpdateFault {
    UpdateFault(
      .refused, "\(file) is not the package of \(installed), which is installed: take that one; nothing was changed",
      zh: "\(file) 不是已装的 \(installed)：换成这个版本的软件包；没有改动")
  }

  private func closed() throws(UpdateFault) {
    guard !now, let status = gate.status(), case .text(let day)? = status.details["business_day"] else { return }
    throw UpdateFault(
      .refused,
      "the business day \(day) is open, and an update restarts the hall: do it after hours, or add --now; nothing was changed",
      zh: "营业日 \(day) 正开着，更新会重启服务：下班后再做，或加 --now；没有改动")
  }

  /// Checks the room on the disk: dpkg writes the new files beside the old ones, and the journal is copied.
  private func room(for fields: DebianTools.Fields) throws(UpdateFault) {
    try room(fields.installedBytes + Self.spareBytes, at: "/usr")
    var status = stat()
    guard stat(state.folder + "/journal.sqlite", &status) == 0 else { return }
    try room(Int64(status.st_size) * 2 + Self.spareBytes, at: store.folder)
  }

  private func room(_ needed: Int64, at path: String) throws(UpdateFault) {
    guard let free = DurableFile.free(at: path), free < needed else { return }
    throw UpdateFault(
      .disk,
      "an update needs \(needed >> 20) MiB at \(path), and \(free >> 20) MiB are free: make room there first; nothing was changed",
      zh: "更新要在 \(path) 用 \(needed >> 20) MiB，只剩 \(free >> 20) MiB：先在那里腾出空间；没有改动")
  }
}

extension UpdateFault {
  /// The same sentence as a fault of the copies that are made in the same step.
  fileprivate var asBackup: BackupFault { BackupFault(status, english, zh: chinese) }
}
