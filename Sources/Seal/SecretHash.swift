import CCrypto

/// A staff secret as it is stored: `scrypt$ln=15,r=8,p=1$salt$hash`, salt and hash in base64 (RFC 4648 §4).
///
/// scrypt (RFC 7914) with N = 2^15, r = 8, p = 1 takes 32 MiB and tens of milliseconds, which limits the rate of
/// guessing.
struct SecretHash {
  /// The cost parameters of scrypt. They are stored with each hash, so that they can be raised later.
  struct Cost: Equatable {
    /// Binary logarithm of N, 1...20.
    let logN: Int
    /// Block size, 1...32.
    let blockSize: Int
    /// Parallelisation, 1...16.
    let parallel: Int

    static let standard = Cost(logN: 15, blockSize: 8, parallel: 1)

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
