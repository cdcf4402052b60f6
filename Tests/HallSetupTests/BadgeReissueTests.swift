import HallSetup
import Testing

/// Goal: reissuing a badge changes one number of the configuration and no other byte, however its staff are written.
struct BadgeReissueTests {
  private func raise(_ badge: String, _ text: String) -> (text: String, issue: Int)? {
    guard case .raised(let changed, let issue) = BadgeReissue.raise(badge, in: text, file: "hall.yaml") else {
      return nil
    }
    return (changed, issue)
  }

  @Test("in lines of their own")
  func lines() {
    let text =
      "# 人员\nstaff:\n- badge: AJ001   # first\n  name: 甲\n  role: clerk\n- name: 乙\n  badge: 'AJ002'\nkiosks: []\n"
    #expect(
      raise("AJ001", text)?.text
        == text.replacing("# first\n", with: "# first\n  badge_issue: 2\n")
    )
    let second = raise("AJ002", text)?.text ?? ""
    #expect(second.contains("- name: 乙\n  badge: 'AJ002'\n  badge_issue: 2\nkiosks"))
    let third = raise("AJ002", second)
    #expect(third?.issue == 3 && third?.text == second.replacing("badge_issue: 2", with: "badge_issue: 3"))
  }

  @Test("in braces, also quoted and with hashes that have commas")
  func braces() {
    let text = "staff:\n- {badge: \"AJ001\", name: 甲, secret_hash: 'scrypt$ln=15,r=8$a$b'}\n- {name: 乙, badge: AJ002}\n"
    #expect(
      raise("AJ001", text)?.text.contains("{badge: \"AJ001\", badge_issue: 2, name: 甲, secret_hash: 'scrypt") == true)
    let second = raise("AJ002", text)?.text ?? ""
    #expect(second.hasSuffix("- {name: 乙, badge: AJ002, badge_issue: 2}\n"))
    #expect(raise("AJ002", second)?.text.hasSuffix("badge_issue: 3}\n") == true)
  }

  @Test("who is not there, or was issued as often as can be, is said")
  func refused() {
    let text = "staff:\n- {badge: AJ001, badge_issue: 999}\n"
    guard case .noSuchBadge = BadgeReissue.raise("AJ009", in: text, file: "hall.yaml"),
      case .usedUp = BadgeReissue.raise("AJ001", in: text, file: "hall.yaml")
    else {
      Issue.record("it was raised")
      return
    }
  }
}
