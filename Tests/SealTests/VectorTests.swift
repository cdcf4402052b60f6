import Testing

@testable import Seal

/// Published test vectors: libcrypto through our calls gives what the standards say.
@Suite struct VectorTests {
  @Test(
    "SHA-256 of the vectors of RFC 6234 §8.5",
    arguments: [
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ])
  func sha256(_ message: String, _ expected: String) {
    #expect(hex(MessageDigest.sha256.digest(Array(message.utf8))) == expected)
  }

  @Test(
    "SM3 of the examples of GB/T 32905-2016, annex A",
    arguments: [
      ("abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
      (
        String(repeating: "abcd", count: 16), "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"
      ),
    ])
  func sm3(_ message: String, _ expected: String) {
    #expect(hex(MessageDigest.sm3.digest(Array(message.utf8))) == expected)
  }

  @Test("HMAC-SM3 is what RFC 2104 makes of SM3")
  func hmacSM3() {
    let sm3 = MessageDigest.sm3
    for length in [1, 32, 64, 65, 131] {
      let key = (0..<length).map { UInt8($0) }
      let block = (key.count > 64 ? sm3.digest(key) : key) + [UInt8](repeating: 0, count: 64)
      func pad(_ byte: UInt8) -> [UInt8] { block.prefix(64).map { $0 ^ byte } }
      let expected = sm3.digest(pad(0x5C) + sm3.digest(pad(0x36) + Array("Hi There".utf8)))
      #expect(sm3.hmac(Array("Hi There".utf8), key: key) == expected)
    }
  }

  @Test("SM4 of the first example of GB/T 32907-2016, annex A, and in counter mode of draft-ribose-cfrg-sm4, A.2.5.1")
  func sm4() throws {
    let key: [UInt8] = [
      0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF, 0xFE, 0xDC, 0xBA, 0x98, 0x76, 0x54, 0x32, 0x10,
    ]
    // A block of zeros in counter mode is the cipher of the counter block.
    let zeros = [UInt8](repeating: 0, count: 16)
    #expect(hex(try #require(SealedTextSM4.counted(zeros, key: key, key))) == "681edf34d206965e86b3e94f536e4246")
    let plain = [0xAA, 0xBB, 0xCC, 0xDD, 0xEE, 0xFF, 0xAA, 0xBB].flatMap { [UInt8](repeating: $0, count: 8) }
    #expect(
      hex(try #require(SealedTextSM4.counted(plain, key: key, (0..<16).map { UInt8($0) })))
        == "ac3236cb970cc20791364c395a1342d1a3cbc1878c6f30cd074cce385cdd70c7"
        + "f234bc0e24c11980fd1286310ce37b926e02fcd0faa0baf38b2933851d824514")
  }

  @Test("SHA-256 of a million letters (RFC 6234 §8.5, test 3)")
  func sha256Long() {
    let letters = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
    #expect(
      hex(MessageDigest.sha256.digest(letters)) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test(
    "HMAC-SHA-256 of the vectors of RFC 4231 §4.2, §4.3 and §4.7",
    arguments: [
      (
        [UInt8](repeating: 0x0B, count: 20), "Hi There",
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
      ),
      (
        Array("Jefe".utf8), "what do ya want for nothing?",
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
      ),
      (
        [UInt8](repeating: 0xAA, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
      ),
    ])
  func hmac(_ key: [UInt8], _ message: String, _ expected: String) {
    #expect(hex(MessageDigest.sha256.hmac(Array(message.utf8), key: key)) == expected)
  }

  @Test(
    "scrypt of the vectors of RFC 7914 §12",
    arguments: [
      (
        "", "", SecretHash.Cost(logN: 4, blockSize: 1, parallel: 1),
        "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906"
      ),
      (
        "password", "NaCl", SecretHash.Cost(logN: 10, blockSize: 8, parallel: 16),
        "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640"
      ),
      (
        "pleaseletmein", "SodiumChloride", SecretHash.Cost(logN: 14, blockSize: 8, parallel: 1),
        "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887"
      ),
    ])
  func scrypt(_ secret: String, _ salt: String, _ cost: SecretHash.Cost, _ expected: String) throws {
    let hash = try #require(SecretHash.scrypt(Array(secret.utf8), Array(salt.utf8), cost, 64))
    #expect(hex(hash) == expected)
  }

  @Test(
    "base64 of the vectors of RFC 4648 §10",
    arguments: [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
      ("foobar", "Zm9vYmFy"),
    ])
  func base64(_ plain: String, _ text: String) {
    #expect(Base64.encode(Array(plain.utf8)) == text)
    #expect(Base64.decode(text) == Array(plain.utf8))
  }

  @Test(
    "base64 that no encoder writes is refused", arguments: ["Zg=", "Zg", "Zh==", "Z===", "Zm9v\n", "Zm 9v", "Zg==Zg=="])
  func badBase64(_ text: String) {
    #expect(Base64.decode(text) == nil)
  }

  private func hex(_ bytes: [UInt8]) -> String {
    bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }
}
