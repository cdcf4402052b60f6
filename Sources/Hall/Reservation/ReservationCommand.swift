package import Groundwork

/// Commands about reservations.
package enum ReservationCommand: Hashable, Sendable {
  case make(MakeReservation)
  /// All of them, or none.
  case makeAll([MakeReservation])
  /// Turns the reservation into a ticket.
  case checkIn(CheckInReservation)
  case cancel(PublicCode)
  /// Cancels what is booked on a date; by a coordinator, when the hall will be closed.
  case cancelDay(CivilDate)
  /// Notes whose people have not come; sent by the system only.
  case lapse
}

package struct MakeReservation: Hashable, Sendable {
  package let items: [String]
  package let lane: LaneLetter?
  package let date: CivilDate
  /// A slot's start.
  package let from: CivilTime
  package let source: ReservationSource
  /// The kiosk that prints the slip; nil without paper.
  package let kiosk: String?
  package let largeType: Bool
  package let language: SlipLanguage
  package let contact: SealedContact?
  package let phone: HolderPseudonym?
  package let holder: HolderPseudonym?

  package init(
    items: [String] = [], lane: LaneLetter? = nil, date: CivilDate, from: CivilTime, source: ReservationSource,
    kiosk: String? = nil, largeType: Bool = false, language: SlipLanguage = .chinese, contact: SealedContact? = nil,
    phone: HolderPseudonym? = nil, holder: HolderPseudonym? = nil
  ) {
    self.items = items
    self.lane = lane
    self.date = date
    self.from = from
    self.source = source
    self.kiosk = kiosk
    self.largeType = largeType
    self.language = language
    self.contact = contact
    self.phone = phone
    self.holder = holder
  }
}

package struct CheckInReservation: Hashable, Sendable {
  package let code: PublicCode
  /// The kiosk that prints the ticket; nil without paper.
  package let kiosk: String?
  package let largeType: Bool
  package let language: SlipLanguage

  package init(code: PublicCode, kiosk: String? = nil, largeType: Bool = false, language: SlipLanguage = .chinese) {
    self.code = code
    self.kiosk = kiosk
    self.largeType = largeType
    self.language = language
  }
}
