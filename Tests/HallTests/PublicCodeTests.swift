import Groundwork
import Hall
import Testing

/// Goal: a mistyped code is never another valid code. Method: every single wrong character of many codes.
@Suite("The code on the slip")
struct PublicCodeTests {
  @Test("twelve characters of Crockford's alphabet read back as the same code")
  func roundTrip() throws {
    var random = SeededRandom(seed: 7)
    for _ in 0..<500 {
      let code = PublicCode(entropy: random.next())
      #expect(code.description.utf8.count == 12)
      #expect(code.description.utf8.allSatisfy { PublicCode.alphabet.contains($0) })
      #expect(PublicCode(code.description) == code)
    }
    #expect(PublicCode(entropy: 0).description == "000000000000")
  }

  @Test("every single wrong character is caught")
  func singleErrors() {
    var random = SeededRandom(seed: 8)
    for _ in 0..<40 {
      let right = Array(PublicCode(entropy: random.next()).description.utf8)
      for place in right.indices {
        for wrong in PublicCode.alphabet where wrong != right[place] {
          var typed = right
          typed[place] = wrong
          #expect(PublicCode(String(decoding: typed, as: UTF8.self)) == nil)
        }
      }
    }
  }

  @Test("swaps of neighbours are caught but for few")
  func swaps() {
    var random = SeededRandom(seed: 9)
    var missed = 0
    var tried = 0
    for _ in 0..<500 {
      let right = Array(PublicCode(entropy: random.next()).description.utf8)
      for place in 0..<11 where right[place] != right[place + 1] {
        var typed = right
        typed.swapAt(place, place + 1)
        tried += 1
        if PublicCode(String(decoding: typed, as: UTF8.self)) != nil { missed += 1 }
      }
    }
    #expect(missed * 100 < tried)
  }

  @Test("people may type it their way: small letters, hyphens, O for 0, I and L for 1")
  func lenient() throws {
    var random = SeededRandom(seed: 10)
    var code = PublicCode(entropy: 0)
    repeat {
      code = PublicCode(entropy: random.next())
    } while !code.description.contains("0") || !code.description.contains("1")
    let text = code.description
    let grouped = "\(text.prefix(4))-\(text.dropFirst(4).prefix(4)) \(text.suffix(4))".lowercased()
    #expect(PublicCode(grouped) == code)
    let lookalike = String(text.map { $0 == "0" ? "O" : $0 == "1" ? "I" : $0 })
    #expect(PublicCode(lookalike) == code)
    #expect(PublicCode(lookalike.lowercased().replacing("i", with: "l")) == code)
  }

  @Test(
    "what is no code is refused",
    arguments: [
      "", "0", "00000000000", "0000000000000", "00000000000U", "00000000000#", "零00000000000", "000000000001",
      String(repeating: "-", count: 40),
    ])
  func refused(text: String) { #expect(PublicCode(text) == nil) }
}
