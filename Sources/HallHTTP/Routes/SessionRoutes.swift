import Accounts
import Groundwork
import HTTPTypes
import Hall
import Hummingbird
import Ports
import Registrar
import SecurityRecords
import Slips
import Views

/// Sign-in and sign-out, the own secret, and the sessions that a coordinator sees and ends.
struct SessionRoutes {
  let endpoint: CommandEndpoint
  let sessions: SessionStore

  func add(to router: Router<HallContext>) {
    router.post("v1/sessions") { request, context in try await signIn(request, context) }
    router.get("v1/sessions") { _, context in
      let own = try context.require(.manageAccounts)
      return Response.json(list(own))
    }
    router.get("v1/sessions/current") { _, context in
      guard let session = context.session else { throw Problem.unauthorized }
      return Response.json(view(session))
    }
    router.delete("v1/sessions/current") { _, context in
      if let session = context.session {
        await leaveWindow(of: session, by: session.actor)
        await sessions.end(session.id, .signedOut)
      }
      var response = Response(status: .noContent)
      response.setCookie(context.cookie(SessionMiddleware.cookie, "", maxAge: 0))
      return response
    }
    router.post("v1/sessions/current/secret") { request, context in try await changeSecret(request, context) }
    router.post("v1/sessions/current/pin") { request, context in try await changePIN(request, context) }
    router.delete("v1/sessions/:id") { _, context in
      let own = try context.require(.manageAccounts)
      let id = context.parameters.get("id") ?? ""
      guard let session = sessions.open().first(where: { $0.publicID == id }) else { throw Problem.notFound }
      await leaveWindow(of: session, by: own.actor.isCoordinator ? own.actor : .system)
      await sessions.end(session.id, .ended(by: own.badge))
      return Response(status: .noContent)
    }
  }

  private func signIn(_ request: Request, _ context: HallContext) async throws -> Response {
    let form = try RequestParser.read(SessionForm.self, try await endpoint.body(request, context))
    let code = try badgeCode(form)
    guard (1...40).contains(form.badge.utf8.count), (1...1024).contains(form.secret?.utf8.count ?? 1) else {
      throw Problem.badRequest("bad_field", "工号或口令太长或为空。", "Badge or secret is empty or too long.")
    }
    if let window = form.window, endpoint.parts.feed.rules.window(window) == nil {
      throw Problem(Refusal.window(.unknownWindow(window)), zone: .beijing)
    }
    let signedIn: SessionStore.SignedIn
    if let secret = form.secret {
      do throws(SignInRefusal) {
        signedIn = try await sessions.signIn(
          badge: code?.badge ?? form.badge, secret: secret, window: form.window, source: context.source,
          devices: devices(request, context), hasCode: code != nil)
      } catch {
        if case .pinEnded(let badge) = error {
          endpoint.parts.security.note(.pinEnded, [.badge: badge, .source: context.source])
        }
        throw Problem(error)
      }
    } else {
      signedIn = try await signIn(badgeOnly: code, form.window, context)
    }
    let (session, before) = (signedIn.session, context.session)
    endpoint.parts.security.note(
      .signedIn,
      [
        .badge: session.badge, .role: session.role.rawValue, .source: context.source,
        .window: session.window.map(String.init), .console: signedIn.wasKnown ? "known" : "new",
      ])
    do {
      try await claimWindow(for: session, in: before)
    } catch {
      await sessions.end(session.id, .refused)
      throw error
    }
    // A browser has one session, so the session that was open in it ends.
    if let before {
      if before.window != session.window { await leaveWindow(of: before, by: before.actor) }
      await sessions.end(before.id, .replaced)
    }
    endpoint.parts.signIns.signedIn(session, code == nil ? .typed : .badge, endpoint.parts.feed.rules)
    var response = Response.json(view(session), status: .created)
    response.setCookie(context.cookie(SessionMiddleware.cookie, signedIn.token))
    setDevice(signedIn.device, of: session, context, in: &response)
    return response
  }

  /// The member whose badge was scanned; nil where a number was typed.
  ///
  /// A code that the hall's key did not make is a wrong badge. A badge that was reissued since has its own refusal.
  private func badgeCode(_ form: SessionForm) throws(Problem) -> StaffMember? {
    guard let text = form.code else { return nil }
    guard text.utf8.count <= 64, let code = ScannedWords(text).only.flatMap({ BadgeCode($0) }) else {
      throw Problem(SignInRefusal.wrong(badge: nil))
    }
    switch endpoint.parts.admission.verdict(on: code) {
    case .valid(let member): return member
    case .unknown: throw Problem(SignInRefusal.wrong(badge: nil))
    case .revoked(let badge):
      endpoint.parts.security.note(.badgeRevoked, [.badge: badge, .console: "sign-in"])
      throw Problem(
        .forbidden, "badge_revoked", Problem.Words("这张工作证已经作废", "This badge is no longer valid"),
        Problem.Words("它已补发新证，请用新的；没有收到的请找统筹人员。", "A new one was issued; use that, or ask a coordinator for it."))
    }
  }

  /// `sign_in: badge_only`: a clerk's scanned badge opens a window within the hall's hours.
  private func signIn(
    badgeOnly member: StaffMember?, _ window: Int?, _ context: HallContext
  ) async throws(Problem) -> SessionStore.SignedIn {
    let rules = endpoint.parts.feed.rules
    let (date, time) = rules.zone.civil(endpoint.parts.clock.now())
    let phase = rules.hours.phase(on: date, at: time, rules.calendar)
    guard let member, member.role == .clerk, let window, rules.opensByBadge, phase == .open || phase == .cutOff,
      let signedIn = await sessions.signIn(badgeShown: member.badge, window: window, source: context.source)
    else {
      throw Problem(
        .unprocessableContent, "secret_needed", Problem.Words("请输入口令", "The secret is needed"),
        Problem.Words(
          "只扫工作证不够：请输入口令。", "A scanned badge alone does not open this: type the secret."))
    }
    return signedIn
  }

  private func changeSecret(_ request: Request, _ context: HallContext) async throws -> Response {
    guard let session = context.session else { throw Problem.unauthorized }
    let form = try RequestParser.read(NewSecretForm.self, try await endpoint.body(request, context))
    guard (1...1024).contains(form.secret.utf8.count), (1...1024).contains(form.newSecret.utf8.count) else {
      throw Problem.badRequest("bad_field", "口令太长或为空。", "A secret is empty or too long.")
    }
    let rules = endpoint.parts.feed.rules
    // The secret is stored within the request, which would hang while the disk does not answer.
    if await endpoint.parts.registrar.fault == .delayed {
      throw Problem(RegistrarFailure.fault(.delayed), zone: rules.zone)
    }
    let device: String
    do throws(NewSecretRefusal) {
      device = try await sessions.changeSecret(
        of: session, from: form.secret, to: form.newSecret, words: rules.knownWords)
    } catch { throw Problem(error) }
    endpoint.parts.security.note(.secretChanged, [.badge: session.badge, .source: context.source])
    var response = Response(status: .noContent)
    setDevice(device, of: session, context, in: &response)
    return response
  }

  private func changePIN(_ request: Request, _ context: HallContext) async throws -> Response {
    guard let session = context.session else { throw Problem.unauthorized }
    let form = try RequestParser.read(NewPINForm.self, try await endpoint.body(request, context))
    guard (1...1024).contains(form.secret.utf8.count), (form.pin?.utf8.count ?? 0) <= 64 else {
      throw Problem.badRequest("bad_field", "口令或数字密码太长或为空。", "The secret or the PIN is empty or too long.")
    }
    let rules = endpoint.parts.feed.rules
    if await endpoint.parts.registrar.fault == .delayed {
      throw Problem(RegistrarFailure.fault(.delayed), zone: rules.zone)
    }
    do throws(NewPINRefusal) {
      try await sessions.changePIN(of: session, secret: form.secret, to: form.pin, words: rules.knownWords)
    } catch { throw Problem(error) }
    endpoint.parts.security.note(.pinChanged, [.badge: session.badge, .source: context.source])
    return Response(status: .noContent)
  }

  /// The device cookies of a request, by badge.
  private func devices(_ request: Request, _ context: HallContext) -> [String: String] {
    let prefix = context.cookieName(DeviceCookie.prefix)
    var devices: [String: String] = [:]
    for value in request.headers[values: .cookie] {
      for pair in value.split(separator: ";") {
        let pair = pair.drop { $0 == " " }
        guard pair.hasPrefix(prefix), let equals = pair.firstIndex(of: "=") else { continue }
        let badge = pair[..<equals].dropFirst(prefix.count)
        devices[String(badge)] = String(pair[pair.index(after: equals)...])
      }
    }
    return devices
  }

  private func setDevice(
    _ value: String, of session: StaffSession, _ context: HallContext, in response: inout Response
  ) {
    response.setCookie(
      context.cookie(DeviceCookie.name(session.badge), value, maxAge: 180 * 86_400, path: "/v1/sessions"))
  }

  /// Refuses a window at which another clerk works, and closes the window of one who left without closing it.
  ///
  /// A coordinator may sign in at any window, to close it for somebody.
  ///
  /// - Parameter before: the session that was open in this browser, which ends.
  private func claimWindow(for session: StaffSession, in before: StaffSession?) async throws(Problem) {
    guard let window = session.window, session.role != .coordinator else { return }
    let holder = await endpoint.parts.registrar.read { state, _ -> String? in
      state.windows[window].flatMap { $0.duty == .closed ? nil : $0.badge }
    }
    guard let holder, holder != session.badge else { return }
    guard !sessions.isWorking(holder, at: window, besides: before?.id) else {
      throw .windowTaken(window, by: holder, name: endpoint.parts.admission.member(holder)?.name)
    }
    // Refused while a resident is being served there; the page reports that when it opens the window.
    _ = try? await endpoint.parts.registrar.submit(.window(window, .close), by: .system) { _, _ in }
  }

  /// Signing out closes the window. A window with a resident stays open.
  private func leaveWindow(of session: StaffSession, by actor: Principal) async {
    guard let window = session.window else { return }
    _ = try? await endpoint.parts.registrar.submit(.window(window, .close), by: actor) { _, _ in }
  }

  private func view(_ session: StaffSession) -> [UInt8] {
    var json = JSONText()
    json.object { json in
      json.field("badge", session.badge)
      json.field("name", session.name)
      json.field("role", session.role.rawValue)
      json.field("window", session.window)
      json.field("change_secret", session.mustChangeSecret)
      json.field("pin", session.hasPIN)
    }
    return json.bytes
  }

  private func list(_ own: StaffSession) -> [UInt8] {
    let (clock, zone) = (endpoint.parts.clock, endpoint.parts.feed.rules.zone)
    let (now, civil) = (clock.monotonic(), clock.now().milliseconds)
    func time(_ monotonic: Int64) -> String {
      zone.rfc3339(Timestamp(milliseconds: civil - (now - monotonic)))
    }
    var json = JSONText()
    json.object { json in
      json.array("sessions", sessions.open()) { json, session in
        json.object { json in
          json.field("id", session.publicID)
          json.field("badge", session.badge)
          json.field("name", session.name)
          json.field("role", session.role.rawValue)
          json.field("window", session.window)
          json.field("address", session.source)
          json.field("since", time(session.openedAt))
          json.field("used_at", time(session.usedAt))
          json.field("own", session.id == own.id)
        }
      }
    }
    return json.bytes
  }
}

extension HallRules {
  /// Words that everybody knows of the hall and that therefore are tried as a secret.
  fileprivate var knownWords: [String] {
    [identity.name, identity.division.name, address, consultPhone, supervisePhone]
  }
}

struct SessionForm: RequestForm {
  static let fields: Set<String> = ["badge", "secret", "window", "code"]
  var badge: String
  /// Nil only with a badge's code, where the hall opens windows by it alone.
  var secret: String?
  var window: Int?
  /// The code of the badge as it was scanned; it says whose it is.
  var code: String?
}

struct NewPINForm: RequestForm {
  static let fields: Set<String> = ["secret", "pin"]
  /// The present secret.
  var secret: String
  /// 4 to 8 digits; nil takes the PIN away.
  var pin: String?
}

struct NewSecretForm: RequestForm {
  static let fields: Set<String> = ["secret", "new_secret"]
  /// The present secret.
  var secret: String
  var newSecret: String

  private enum CodingKeys: String, CodingKey {
    case secret
    case newSecret = "new_secret"
  }
}

extension Problem {
  static func windowTaken(_ window: Int, by badge: String, name: String?) -> Problem {
    let who = [name, badge].compactMap { $0 }.joined(separator: " ")
    return Problem(
      .conflict, "window_taken",
      Words("\(window) 号窗口有人：\(who)", "Window \(window) is taken by \(who)"),
      Words(
        "请选别的窗口；人已经离开的，请他在自己的页面退出，或请统筹人员登录 \(window) 号窗口把它关闭。",
        "Choose another window. If they have left, they sign out, or a coordinator signs in at window \(window) and closes it."
      ))
  }

  /// 401 for a wrong badge or secret, 429 after too many failures, 503 while too many comparisons wait.
  fileprivate init(_ refusal: SignInRefusal) {
    switch refusal {
    case .wrong(let badge):
      self.init(
        .unauthorized, "wrong_badge_or_secret", Words("工号或口令不对", "Badge or secret is wrong"),
        Words("请核对后再试；忘记口令请找统筹人员。", "Try again; a coordinator can set a new secret."))
      self.badge = badge
    case .tooOften(let milliseconds, let badge):
      self = .guessedTooOften(milliseconds: milliseconds)
      self.badge = badge
    case .pinEnded(let badge):
      self.init(
        .unauthorized, "pin_ended", Words("数字密码已作废", "The badge PIN has ended"),
        Words(
          "输错太多次。请用口令登录，再重新设一个数字密码。",
          "There were too many wrong ones. Sign in with the secret, and set another PIN."))
      self.badge = badge
    case .busy:
      self.init(
        .serviceUnavailable, "busy", Words("登录繁忙", "Sign-in is busy"), Words("请稍后再试。", "Try again in a moment."),
        retryAfter: 1)
    }
  }

  /// As for a secret.
  init(_ refusal: NewPINRefusal) {
    switch refusal {
    case .weak(let weakness):
      self.init(
        .unprocessableContent, "weak_pin", Words("这个数字密码不行", "This PIN is not accepted"),
        Words(weakness.chinese + "。", weakness.english.prefix(1).uppercased() + weakness.english.dropFirst() + "."))
    case .notForRole:
      self.init(
        .forbidden, "pin_for_clerks", Words("只有窗口人员用数字密码", "A badge PIN is for clerks"),
        Words("您的岗位登录一律用口令。", "Your role always signs in with its secret."))
    case .present(let refusal): self.init(NewSecretRefusal.present(refusal))
    case .notStored: self.init(NewSecretRefusal.notStored)
    }
  }

  /// 403 for a wrong present secret, because 401 means that nobody is signed in.
  init(_ refusal: NewSecretRefusal) {
    switch refusal {
    case .weak(let weakness):
      self.init(
        .unprocessableContent, "weak_secret", Words("这个口令不行", "This secret is not accepted"),
        Words(weakness.chinese + "。", weakness.english.prefix(1).uppercased() + weakness.english.dropFirst() + "."))
    case .unchanged:
      self.init(
        .unprocessableContent, "weak_secret", Words("这个口令不行", "This secret is not accepted"),
        Words("新口令和发的口令一样：换一个只有自己知道的。", "It is the one that you were given. Take one that only you know."))
    case .present(.wrong(let badge)):
      self.init(
        .forbidden, "wrong_secret", Words("现在的口令不对", "The present secret is wrong"),
        Words("请核对后再试；忘记口令请找统筹人员。", "Try again; a coordinator can set a new secret."))
      self.badge = badge
    case .present(let refusal): self.init(refusal)
    case .notStored:
      self.init(
        .serviceUnavailable, "storage_fault", Words("新口令没有存下来", "The new secret could not be stored"),
        Words("原来的口令仍然有效；请检查磁盘后再试。", "The present one still holds. Check the disk and try again."),
        retryAfter: 10)
    }
  }
}
