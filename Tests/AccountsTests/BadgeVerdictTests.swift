import Hall
import Ports
import Seal
import TestKit
import Testing

@testable import Accounts

/// Goal: a badge's code opens for its owner what its present issue opens, and nobody makes one without the hall's key.
struct BadgeVerdictTests {
  private let seal = HallSeal(key: HallKey(bytes: Array(repeating: 7, count: 32)))
  private let other = HallSeal(key: HallKey(bytes: Array(repeating: 8, count: 32)))

  private func admission(issue: Int = 2) -> Admission {
    let agent = StaffMember(badge: "DB001", name: "演示代办员", role: .agent)
    let clerk = StaffMember(badge: "aj2", name: "演示员", role: .clerk)
    return Admission(
      staff: [
        StaffAccount(agent, secretHash: "scrypt$ln=2,r=8,p=1$AA==$AA==", badgeIssue: issue),
        StaffAccount(clerk, secretHash: "scrypt$ln=2,r=8,p=1$AA==$AA=="),
      ], boardToken: "0123456789abcdef", sealing: seal)
  }

  private func verdict(_ text: String, _ admission: Admission? = nil) -> Admission.BadgeVerdict? {
    BadgeCode(text).map((admission ?? self.admission()).verdict)
  }

  @Test("the present issue is its owner's, also in a scanner's capitals")
  func valid() {
    let code = seal.badgeCode("DB001", issue: 2).description
    guard case .valid(let member)? = verdict(code) else {
      Issue.record("the code is not valid")
      return
    }
    #expect(member.badge == "DB001")
    #expect(verdict(code.lowercased()) == verdict(code))
    let small = seal.badgeCode("aj2", issue: 1).description
    guard case .valid(let clerk)? = verdict(small.uppercased()) else {
      Issue.record("a badge in small letters is not found")
      return
    }
    #expect(clerk.badge == "aj2")
  }

  @Test("an earlier issue is revoked, a later one was never given")
  func issues() {
    #expect(verdict(seal.badgeCode("DB001", issue: 1).description) == .revoked(badge: "DB001"))
    #expect(verdict(seal.badgeCode("DB001", issue: 3).description) == .unknown)
    let raised = admission(issue: 3)
    #expect(verdict(seal.badgeCode("DB001", issue: 2).description, raised) == .revoked(badge: "DB001"))
  }

  @Test("every other check, another number, another issue and another hall's key make no code")
  func forged() {
    let code = seal.badgeCode("DB001", issue: 2)
    for index in 0..<BadgeCode.checkLength {
      var check = Array(code.check)
      check[index] = check[index] == "0" ? "1" : "0"
      let forged = BadgeCode(badge: "DB001", issue: 2, check: String(check))
      #expect(admission().verdict(on: forged) == .unknown)
    }
    #expect(admission().verdict(on: BadgeCode(badge: "aj2", issue: 1, check: code.check)) == .unknown)
    #expect(admission().verdict(on: BadgeCode(badge: "DB001", issue: 1, check: code.check)) == .unknown)
    #expect(admission().verdict(on: other.badgeCode("DB001", issue: 2)) == .unknown)
    #expect(admission().verdict(on: seal.badgeCode("DB002", issue: 1)) == .unknown)
  }

  @Test("a code that is scanned into the field of the badge is the badge")
  func field() {
    #expect(admission().badge(reading: "YB-DB001-2-0000000000") == "DB001")
    #expect(admission().badge(reading: "YB-DB009-2-0000000000") == "YB-DB009-2-0000000000")
  }

  @Test("an own secret changes nothing of the badge")
  func ownSecret() {
    let admission = admission()
    _ = admission.replaceSecret(of: "DB001", with: "scrypt$ln=2,r=8,p=1$BB==$BB==")
    #expect(admission.account("DB001")?.badgeIssue == 2)
  }
}
