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
