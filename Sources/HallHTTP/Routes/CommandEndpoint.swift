import Accounts
import Groundwork
import Hall
import HTTPTypes
import Hummingbird
import NIOCore
import Ports
import Registrar
import Views

/// How a request becomes a command and its outcome a response; the same steps for every route.
struct CommandEndpoint: Sendable {
  let parts: ServerDependencies
  /// The listener, which is part of an idempotency key's scope.
  let listener: Listener

  enum Listener: String, Sendable { case kiosk, hall }

  func body(_ request: Request, _ context: HallContext) async throws -> [UInt8] {
    if let length = request.headers[.contentLength].flatMap(Int.init), length > context.maxUploadSize {
      throw Problem.tooLarge
    }
    do {
      let buffer = try await request.body.collect(upTo: context.maxUploadSize)
      return [UInt8](buffer: buffer)
    } catch is NIOTooManyBytesError {
      throw Problem.tooLarge
    }
  }

  /// Parses the form, submits its command, and responds with what `write` makes of the durable outcome.
  func change<Form: RequestForm>(
    _ request: Request, _ context: HallContext, _ form: Form.Type, status: HTTPResponse.Status = .ok,
    _ command: (Form) throws -> Command,
    write: @escaping @Sendable (Outcome, HallViews, inout JSONText) -> Void
  ) async throws -> Response {
    let key = try idempotencyKey(request)
    let bytes = try await body(request, context)
    let read = try RequestParser.read(Form.self, bytes)
    let actor = try self.actor(context, at: read.kiosk)
    let scope = "\(actor.scope)|\(listener.rawValue)|\(request.uri.path)"
    let rules = parts.feed.rules
    let command = try command(read)
    do throws(RegistrarFailure) {
      let json = try await parts.registrar.submit(
        command, by: actor, key: IdempotencyKey(scope: scope, key: key), bodyDigest: parts.sealing.keyedDigest(bytes)
      ) { outcome, state in
        var json = JSONText()
        write(outcome, HallViews(state, rules), &json)
        return json.bytes
      }
      return Response.json(json, status: status)
    } catch {
      throw Problem(error, zone: rules.zone)
    }
  }

  /// The kiosk whose page sent the request; nil on the hall listener.
  func kiosk(of context: HallContext, _ named: String?) throws(Problem) -> String? {
    listener == .kiosk ? try context.requirePage(named, parts.feed.rules).kiosk : named
  }

  /// Counts a drawing or a reading aloud of a kiosk's page; staff are not limited.
  func countDrawing(_ context: HallContext) throws(Problem) {
    guard listener == .kiosk, parts.limitsKiosks, let rates = parts.feed.rules.limits.kioskRates,
      let kiosk = context.pages.first?.kiosk
    else { return }
    try parts.kioskMeter.admit("drawing|\(kiosk)", rates.drawings, now: parts.clock.monotonic())
  }

  /// On the kiosk listener, reading a ticket or notice by its code needs a page, which then gets its events.
  func note(_ code: PublicCode, _ context: HallContext) {
    for page in context.pages { parts.kioskPages.note(code, at: page.kiosk) }
  }

  /// The principal: the signed-in clerk on the hall listener; on the kiosk listener the page of the kiosk that the form
  /// names, else the request's own.
  private func actor(_ context: HallContext, at kiosk: String?) throws(Problem) -> Principal {
    switch listener {
    case .kiosk: .kiosk(try context.requirePage(kiosk, parts.feed.rules).kiosk)
    case .hall: try context.requireStaff().actor
    }
  }

  private func idempotencyKey(_ request: Request) throws(Problem) -> String {
    guard let key = request.headers[.idempotencyKey] else {
      throw .badRequest(
        "key_needed", "请求头缺少 Idempotency-Key。", "The header Idempotency-Key is needed (1-128 visible ASCII characters)."
      )
    }
    guard (1...128).contains(key.utf8.count), key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw .badRequest(
        "bad_key", "Idempotency-Key 应为 1 到 128 个可见 ASCII 字符。", "Idempotency-Key is 1-128 visible ASCII characters.")
    }
    return key
  }

  func look(_ write: @Sendable (HallState, HallRules) -> [UInt8]) async -> Response {
    Response.json(await parts.registrar.read(write))
  }

  /// The same with the numbers that this machine gave while it is cut off.
  func lookShown(_ write: @Sendable (HallState, HallRules) -> [UInt8]) async -> Response {
    Response.json(await parts.registrar.readShown(write))
  }

  func ticketCode(_ context: HallContext) throws(Problem) -> PublicCode {
    guard let code = context.parameters.get("id").flatMap({ PublicCode($0) }) else { throw .unknownTicket }
    return code
  }
}

extension Problem {
  static var unknownTicket: Problem { Problem(Refusal.queue(.unknownTicket), zone: .beijing) }
}

extension Principal {
  /// The principal in the scope of an idempotency key.
  var scope: String {
    switch self {
    case .kiosk(let id): "kiosk:\(id)"
    case .staff(let badge, _): "staff:\(badge)"
    case .system: "system"
    case .operator: "operator"
    }
  }
}

extension Response {
  static func json(_ bytes: [UInt8], status: HTTPResponse.Status = .ok) -> Response {
    Response(
      status: status, headers: [.contentType: "application/json; charset=utf-8"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  static func bytes(_ bytes: [UInt8], type: String) -> Response {
    Response(status: .ok, headers: [.contentType: type], body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }
}
