import Groundwork
import Hall
import Slips
import Testing

/// Goal: the slip says when to come, for what and with what; it names nobody, and its code opens the reservation.
struct ReservationSlipTests {
  private static func texts(_ document: SlipDocument) -> String { "\(document.blocks)" }

  @Test("date, slot, item and what to bring are on it")
  func content() {
    let text = Self.texts(Samples.reservation().document())
    for wanted in ["预约单", "11月24日　星期二", "10:00", "10:30", "9:45", "10:15", "社会保障卡申领", "居民身份证"] {
      #expect(text.contains(wanted), "\(wanted) is missing")
    }
  }

  @Test("a slot without an item has no list")
  func withoutItem() {
    let text = Self.texts(Samples.reservation(items: []).document())
    #expect(!text.contains("要带的"))
  }

  @Test("the code in its picture's text is the reservation's")
  func code() {
    let payload = CodePayload.reservation("2026-11-24 10:00", code: Samples.code)
    #expect(CodePayload.code(in: payload) == Samples.code)
  }

  @Test("a ticket made of a reservation says so, and that it came late")
  func ticket() {
    let from = Samples.moment
    func text(_ isLate: Bool, _ language: SlipLanguage) -> String {
      Self.texts(
        TicketSlip(
          slip: SlipID("t"), hallName: Samples.hallName, number: TicketNumber("A042") ?? Samples.ticket().number,
          code: Samples.code, ahead: 3, windows: [1], issuedAt: Samples.moment, language: language,
          reserved: TicketSlip.Reserved(from: from, isLate: isLate)
        ).document())
    }
    #expect(text(false, .chinese).contains("约　预约 09:12") && text(true, .chinese).contains("按普通号排队"))
    #expect(text(false, .english).contains("Reserved for 09:12") && text(true, .english).contains("came late"))
  }
}

extension Samples {
  static func reservation(
    items: [Item] = [Samples.socialSecurityCard], copy: Int = 1, large: Bool = false,
    language: SlipLanguage = .chinese
  ) -> ReservationSlip {
    // 2026-11-24 10:00 北京时间.
    let from = Timestamp(milliseconds: 1_795_485_600_000)
    return ReservationSlip(
      slip: SlipID("reservation-1"), hallName: hallName, address: contact.address, consultPhone: contact.consultPhone,
      code: code, from: from, to: from.adding(seconds: 1800), laneName: "综合", items: items, madeAt: moment,
      copy: copy, largeType: large, language: language)
  }
}
