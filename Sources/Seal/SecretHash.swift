import CCrypto

/// A staff secret as it is stored: `scrypt$ln=15,r=8,p=3$salt$hash`, salt and hash in base64 (RFC 4648 §4).
///
/// scrypt (RFC 7914) with N = 2^15, r = 8, p = 3 takes 32 MiB and some 0.3 s of a hall's machine, which limits the rate of
/// guessing. Of the settings that OWASP takes as equal (Password Storage Cheat Sheet) it is the one with which two
/// runs at a time leave most of `MemoryMax` to the hall: N = 2^17, p = 1 takes 128 MiB and 0.5 s.
struct SecretHash {
  /// The cost parameters of scrypt. They are stored with each hash, so that they can be raised later.
  struct Cost: Equatable {
    /// Binary logarithm of N, 1...20.
    let logN: Int
    /// Block size, 1...32.
    let blockSize: Int
    /// Parallelisation, 1...16.
    let parallel: Int

    static let standard = Cost(logN: 15, blockSize: 8, parallel: 3)

    init(logN: Int, blockSize: Int, parallel: Int) {
      self.logN = logN
      self.blockSize = blockSize
      self.parallel = parallel
    }

    /// A cost written `ln=15,r=8,p=1`; nil for any other text, and for a cost above those that this program writes.
    init?(text: some StringProtocol) {
      let parts = text.split(separator: ",", omittingEmptySubsequences: false)
      guard parts.count == 3, parts[0].hasPrefix("ln="), parts[1].hasPrefix("r="), parts[2].hasPrefix("p="),
        let logN = Int(parts[0].dropFirst(3)), let blockSize = Int(parts[1].dropFirst(2)),
        let parallel = Int(parts[2].dropFirst(2)), (1...20).contains(logN), (1...32).contains(blockSize),
        (1...16).contains(parallel)
      else { return nil }
      self.init(logN: logN, blockSize: blockSize, parallel: parallel)
    }

    var text: String { "ln=\(logN),r=\(blockSize),p=\(parallel)" }

    /// In units of N = 2^15, r = 8, p = 1, rounded down.
    var work: Int { (1 << logN) * blockSize * parallel / ((1 << 15) * 8) }

    /// Bytes that scrypt may use: what RFC 7914 §2 needs for these parameters and 64 KiB for libcrypto's own
    /// allocations.
    var memoryLimit: UInt64 { UInt64(128 * blockSize) * (1 << UInt64(logN) + UInt64(parallel) + 2) + 65_536 }
  }

  let cost: Cost
  let salt: [UInt8]
  let hash: [UInt8]

  /// Hashes a new secret.
  ///
  /// - Throws: `SecretFault` when libcrypto fails, which means that memory is short.
  init(of secret: String, salt: [UInt8], cost: Cost = .standard, length: Int = 32) throws(SecretFault) {
    guard let hash = Self.scrypt(Array(secret.utf8), salt, cost, length) else { throw SecretFault() }
    self.cost = cost
    self.salt = salt
    self.hash = hash
  }

  /// A stored hash; nil when it has another form.
  init?(text: String) {
    let parts = text.split(separator: "$", omittingEmptySubsequences: false)
    guard parts.count == 4, parts[0] == "scrypt", let cost = Cost(text: parts[1]),
      let salt = Base64.decode(parts[2]), let hash = Base64.decode(parts[3]), salt.count >= 8,
      (16...64).contains(hash.count)
    else { return nil }
    self.cost = cost
    self.salt = salt
    self.hash = hash
  }

  var text: String { "scrypt$\(cost.text)$\(Base64.encode(salt))$\(Base64.encode(hash))" }

  func matches(_ secret: String) -> Bool {
    guard let other = Self.scrypt(Array(secret.utf8), salt, cost, hash.count) else { return false }
    return equalInConstantTime(hash, other)
  }

  /// Does the work that a hash of the standard cost takes beyond one of this cost.
  static func makeUp(for cost: Cost?, _ secret: String) {
    let missing = Cost.standard.work - (cost?.work ?? 0)
    guard missing > 0 else { return }
    let salt = [UInt8](repeating: 0, count: 16)
    _ = scrypt(Array(secret.utf8), salt, Cost(logN: 15, blockSize: 8, parallel: missing), 32)
  }

  /// nil when libcrypto refuses the parameters or has no memory for them.
  static func scrypt(_ secret: [UInt8], _ salt: [UInt8], _ cost: Cost, _ length: Int) -> [UInt8]? {
    var output = [UInt8](repeating: 0, count: length)
    let done = secret.withUnsafeBytes { (secret: UnsafeRawBufferPointer) in
      // The base address of an empty array is nil, and libcrypto takes a null pointer as "only check the parameters".
      let start = secret.baseAddress.map { $0.assumingMemoryBound(to: CChar.self) }
      return withUnsafePointer(to: CChar(0)) { empty in
        EVP_PBE_scrypt(
          start ?? empty, secret.count, salt, salt.count, 1 << UInt64(cost.logN), UInt64(cost.blockSize),
          UInt64(cost.parallel), cost.memoryLimit, &output, length)
      }
    }
    return done == 1 ? output : nil
  }
}

/// libcrypto could not hash a secret.
package struct SecretFault: Error, Hashable, Sendable, CustomStringConvertible {
  package var description: String { "the secret could not be hashed: 32 MiB of memory were not to be had" }
}
