import Accounts
import Groundwork
import Hall
import HTTPTypes
import Hummingbird
import Ports
import Registrar
import Views

/// The board's link and its speech.
struct BoardRoutes {
  static let cookie = "yichuang_board"
  /// Wrong links per address: ten, then ten a minute.
  private static let guesses: [RateLimit] = [.aMinute(10)]

  let endpoint: CommandEndpoint
  private let wrong = SourceMeter(guesses)

  init(endpoint: CommandEndpoint) { self.endpoint = endpoint }

  func add(to router: Router<HallContext>) {
    let parts = endpoint.parts
    router.get("board/enter") { request, context in
      // A board with a valid cookie is never slowed by guesses from the same machine.
      let isKnown = (try? admit(request, context)) != nil
      let now = parts.clock.monotonic()
      if !isKnown, let wait = wrong.wait(context.source, now: now) { throw Problem.guessedTooOften(milliseconds: wait) }
      guard isLink(request) else {
        wrong.note(context.source, now: now)
        throw Problem(
          .forbidden, "wrong_link", Problem.Words("链接不对", "The link is wrong"),
          Problem.Words("请用系统给出的大屏链接打开。", "Open the board by the link that the service gives."))
      }
      var response = Response(status: .seeOther, headers: [.location: "/board/" + Self.query(request)])
      response.setCookie(context.cookie(Self.cookie, cookieValue, maxAge: 366 * 86_400))
      return response
    }
    router.get("v1/board/machines") { request, context in
      try admit(request, context)
      let decides = await parts.registrar.fault == nil
      var json = JSONText()
      json.object { json in
        json.strings("doors", parts.machines.doors)
        json.field("decides", decides)
        json.field("pass", parts.machines.doors.isEmpty ? nil : pass)
      }
      return Response.json(json.bytes)
    }
    router.get("v1/speech") { request, context in
      try admit(request, context)
      let query = request.uri.queryParameters
      guard let number = query.get("number").flatMap({ TicketNumber($0) }),
        let window = query.get("window").flatMap({ Int($0) }), parts.feed.rules.window(window) != nil
      else {
        throw Problem.badRequest("bad_call", "号码或窗口不对。", "number is a ticket number, window one of the hall's.")
      }
      let language: Announcement.Language = query.get("lang") == "en" ? .english : .mandarin
      guard
        let wave = await parts.speech?.wave(Announcement(number: number, window: window, language: language))
      else {
        throw Problem(
          .notFound, "cannot_speak", Problem.Words("不能语音播报", "The hall cannot speak"),
          Problem.Words("请安装语音程序或配置录音。", "Install espeak-ng or configure recorded clips."))
      }
      var response = Response.bytes(wave, type: "audio/wav")
      response.headers[.speechVolume] = String(parts.volume())
      return response
    }
  }

  /// The query that the board's page gets: its window, and the name of its screen. All other parameters are left out.
  private static func query(_ request: Request) -> String {
    let parameters = request.uri.queryParameters
    let window = parameters.get("window").flatMap { Int($0) }.map { "window=\($0)" }
    let screen = parameters.get("screen").flatMap { WatchedScreen.isName($0) ? "screen=\($0)" : nil }
    let words = [window, screen].compactMap(\.self)
    return words.isEmpty ? "" : "?" + words.joined(separator: "&")
  }

  /// Requires the board cookie or a session.
  func admit(_ request: Request, _ context: HallContext) throws(Problem) {
    if context.session != nil { return }
    guard let value = request.cookies[context.cookieName(Self.cookie)]?.value,
      same(Array(value.utf8), Array(cookieValue.utf8))
    else {
      throw Problem(
        .unauthorized, "board_link_needed", Problem.Words("请用大屏链接打开", "Open the board by its link"),
        Problem.Words("大屏链接由 yichuangctl board 给出。", "`yichuangctl board` prints the link."))
    }
  }

  /// Whether a link has the token, or the pass by which a board continues at another machine.
  private func isLink(_ request: Request) -> Bool {
    let (sealing, parameters) = (endpoint.parts.sealing, request.uri.queryParameters)
    if let given = parameters.get("pass"), !endpoint.parts.machines.doors.isEmpty {
      return same(Array(given.utf8), Array(pass.utf8))
    }
    return same(
      sealing.keyedDigest(Array((parameters.get("token") ?? "").utf8)),
      sealing.keyedDigest(Array(endpoint.parts.admission.boardToken.utf8)))
  }

  /// The pass is the same on every machine of the hall. A new token invalidates it, and it does not reveal the token.
  private var pass: String {
    endpoint.parts.sealing.keyedDigest(Array("board pass|\(endpoint.parts.admission.boardToken)".utf8)).hexadecimal
  }

  /// Derived from the token under the hall's own key, so that it outlives a restart and does not reveal the token.
  private var cookieValue: String {
    endpoint.parts.sealing.keyedDigest(Array("board|\(endpoint.parts.admission.boardToken)".utf8)).hexadecimal
  }

  /// Compares in constant time.
  private func same(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    guard a.count == b.count else { return false }
    return zip(a, b).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }
}

extension Problem {
  static func guessedTooOften(milliseconds: Int64) -> Problem {
    let seconds = max(1, Int((milliseconds + 999) / 1000))
    return Problem(
      .tooManyRequests, "try_later", Words("试得太多次了", "Too many tries"),
      Words("请 \(seconds) 秒后再试。", "Try again in \(seconds) seconds."), retryAfter: seconds)
  }
}
