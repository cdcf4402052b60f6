import Accounts
import Groundwork
import Hall
import Hummingbird
import Logging
import Ports
import Registrar
import Views

/// Reservations (预约): the slots, making one, turning it into a ticket, giving it back.
struct ReservationRoutes {
  let endpoint: CommandEndpoint

  /// For both listeners.
  func add(to router: Router<HallContext>) {
    router.get("v1/reservations/slots") { request, context in
      let lane = request.uri.queryParameters.get("lane").map { String($0) }
      let items = request.uri.queryParameters.getAll("item").map { String($0) }
      return try await slots(lane, items, isStaff: try isStaff(context))
    }
    router.post("v1/reservations") { request, context in
      try await endpoint.change(request, context, ReservationForm.self, status: .created) { form in
        .reservation(.make(try command(form, context)))
      } write: { outcome, views, json in
        guard case .reservation(let code) = outcome else { return }
        endpoint.note(code, context)
        views.reservation(code, into: &json)
      }
    }
    router.get("v1/reservations/:id") { _, context in
      _ = try isStaff(context)
      let code = try code(context)
      let view: [UInt8]? = await endpoint.parts.registrar.read { state, rules in
        guard state.reservations[code] != nil else { return nil }
        var json = JSONText()
        HallViews(state, rules).reservation(code, into: &json)
        return json.bytes
      }
      guard let view else { throw Problem.unknownReservation }
      endpoint.note(code, context)
      return Response.json(view)
    }
    router.post("v1/reservations/:id/check-in") { request, context in
      let code = try code(context)
      return try await endpoint.change(request, context, CheckInForm.self, status: .created) { form in
        .reservation(
          .checkIn(
            CheckInReservation(
              code: code, kiosk: try endpoint.kiosk(of: context, form.kiosk), largeType: form.largeType ?? false,
              language: form.language ?? .chinese)))
      } write: { outcome, views, json in
        guard case .ticket(let ticket) = outcome else { return }
        endpoint.note(ticket, context)
        views.ticket(ticket, into: &json)
      }
    }
    router.post("v1/reservations/:id/cancel") { request, context in
      let code = try code(context)
      return try await endpoint.change(request, context, EmptyForm.self) { _ in
        .reservation(.cancel(code))
      } write: {
        outcome, views, json in
        if case .reservation(let code) = outcome { views.reservation(code, into: &json) }
      }
    }
  }

  /// For the hall listener: the list with names and phones, and a day that the hall has to cancel.
  func add(toHall router: Router<HallContext>) {
    router.get("v1/reservations") { request, context in
      let session = try context.requireStaff()
      guard session.role == .clerk || session.role == .coordinator else { throw Problem.staffOnly }
      return await list(request.uri.queryParameters.get("date").flatMap { CivilDate(String($0)) })
    }
    router.post("v1/reservations/cancel-day") { request, context in
      try await endpoint.change(request, context, DateForm.self) { form in
        guard let date = CivilDate(form.date) else { throw Problem.badDate }
        return .reservation(.cancelDay(date))
      } write: { _, _, json in
        json.object { _ in }
      }
    }
  }

  private func isStaff(_ context: HallContext) throws(Problem) -> Bool {
    if endpoint.listener == .kiosk {
      _ = try endpoint.kiosk(of: context, nil)
      return false
    }
    _ = try context.requireStaff()
    return true
  }

  private func code(_ context: HallContext) throws(Problem) -> PublicCode {
    guard let code = context.parameters.get("id").flatMap({ PublicCode($0) }) else { throw .unknownReservation }
    return code
  }

  private func slots(_ lane: String?, _ items: [String], isStaff: Bool) async throws -> Response {
    let asked = try lane.map { text throws(Problem) in try Self.lane(text) }
    let now = endpoint.parts.clock.now()
    let found: Result<[UInt8], Refusal> = await endpoint.parts.registrar.read { state, rules in
      Result { () throws(Refusal) in
        guard rules.reservations != nil else { throw .reservation(.reservationsOff) }
        let lane = try state.reservationLane(items, asked, rules)
        var json = JSONText()
        HallViews(state, rules).slots(of: lane, now: now, forStaff: isStaff, into: &json)
        return json.bytes
      }
    }
    switch found {
    case .success(let bytes): return Response.json(bytes)
    case .failure(let refusal): throw Problem(refusal, zone: endpoint.parts.feed.rules.zone)
    }
  }

  /// Those of one date, else of today and tomorrow and those that the hall still owes.
  private func list(_ date: CivilDate?) async -> Response {
    let now = endpoint.parts.clock.now()
    let contacts = endpoint.parts.contacts
    return await endpoint.look { state, rules in
      let today = rules.zone.civil(now).date
      let shown = state.reservations.known.values.filter { reservation in
        if let date { return reservation.date == date }
        return reservation.date == today || reservation.date == today.adding(days: 1)
          || reservation.state == .cancelledByHall
      }.sorted { ($0.from, $0.madeAt, $0.code.bits) < ($1.from, $1.madeAt, $1.code.bits) }
      let views = HallViews(state, rules)
      var json = JSONText()
      json.object { json in
        json.field("today", today.description)
        json.field("tomorrow", today.adding(days: 1).description)
        json.array("reservations", shown) { json, reservation in
          let contact = reservation.contact.flatMap { contacts?.open($0, of: reservation.date) }
          json.object { json in
            views.fields(of: reservation, into: &json)
            json.field("name", contact?.name)
            json.field("phone", contact?.phone)
          }
        }
      }
      return json.bytes
    }
  }

  private static func lane(_ text: String) throws(Problem) -> LaneLetter {
    guard let lane = LaneLetter(text) else {
      throw .badRequest("bad_lane", "队列应为一个大写字母。", "A lane is one capital letter other than I and O.")
    }
    return lane
  }

  private func command(_ form: ReservationForm, _ context: HallContext) throws(Problem) -> MakeReservation {
    let lane = try form.lane.map { text throws(Problem) in try Self.lane(text) }
    guard let date = CivilDate(form.date) else { throw .badDate }
    guard let from = CivilTime(form.from) else {
      throw .badRequest("bad_time", "开始时间应写成 09:30 这样。", "The start is written like 09:30.")
    }
    let isKiosk = endpoint.listener == .kiosk
    // A kiosk stands in public: nobody types a name or a phone there.
    guard !isKiosk || form.name == nil && form.phone == nil else {
      throw .badRequest("bad_contact", "取号机上不留姓名和电话。", "A kiosk takes neither name nor phone.")
    }
    let contact: Contact?
    do { contact = try ContactText.contact(form.name, form.phone) } catch { throw Problem(error) }
    return MakeReservation(
      items: form.items ?? [], lane: lane, date: date, from: from, source: isKiosk ? .kiosk : .console,
      kiosk: try endpoint.kiosk(of: context, form.kiosk), largeType: form.largeType ?? false,
      language: form.language ?? .chinese, contact: contact.flatMap { sealed($0, for: date) },
      phone: endpoint.parts.sealing.phonePseudonym(contact?.phone), holder: try holder(form, date, context))
  }

  /// Whose card was read at the kiosk. Without it, or where it was read too long ago, the slip alone makes the number.
  private func holder(
    _ form: ReservationForm, _ date: CivilDate, _ context: HallContext
  ) throws(Problem) -> HolderPseudonym? {
    guard endpoint.listener == .kiosk, let token = form.card, let kiosk = try endpoint.kiosk(of: context, nil),
      let person = endpoint.parts.readers?.person(token, at: kiosk)
    else { return nil }
    return endpoint.parts.contacts?.holder(person, on: date, isMaking: true)
  }

  /// Nil where the key cannot be used: the reservation is made all the same.
  private func sealed(_ contact: Contact, for date: CivilDate) -> SealedContact? {
    guard let contacts = endpoint.parts.contacts else { return nil }
    do { return try contacts.seal(contact, for: date) } catch {
      endpoint.parts.logger.error("a name and a phone cannot be sealed", metadata: ["why": "\(error)"])
      return nil
    }
  }
}

struct ReservationForm: RequestForm {
  static let fields: Set<String> = [
    "items", "lane", "date", "from", "kiosk", "large_type", "language", "name", "phone", "card",
  ]
  var items: [String]?
  var lane: String?
  /// `2026-12-01`.
  var date: String
  /// `09:30`, the start of a slot.
  var from: String
  var kiosk: String?
  var largeType: Bool?
  var language: SlipLanguage?
  /// The caller's name, at consoles only.
  var name: String?
  var phone: String?
  /// The token of the card that was read at the kiosk.
  var card: String?

  private enum CodingKeys: String, CodingKey {
    case items, lane, date, from, kiosk, language, name, phone, card
    case largeType = "large_type"
  }
}

struct CheckInForm: RequestForm {
  static let fields: Set<String> = ["kiosk", "large_type", "language"]
  var kiosk: String?
  var largeType: Bool?
  var language: SlipLanguage?

  private enum CodingKeys: String, CodingKey {
    case kiosk, language
    case largeType = "large_type"
  }
}

struct DateForm: RequestForm {
  static let fields: Set<String> = ["date"]
  var date: String
}

extension Problem {
  static var unknownReservation: Problem { Problem(Refusal.reservation(.unknownReservation), zone: .beijing) }
  static var staffOnly: Problem { Problem(Refusal.request(.staffOnly), zone: .beijing) }
  static let badDate = Problem.badRequest("bad_date", "日期应写成 2026-12-01 这样。", "A date is written like 2026-12-01.")

  init(_ fault: ContactText.Fault) {
    self = .badRequest("bad_contact", fault.chinese, fault.english)
  }
}
