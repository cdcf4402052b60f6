import Accounts
import Hummingbird

/// Adds the session of the request's cookie to its context.
struct SessionMiddleware: RouterMiddleware {
  typealias Context = HallContext
  static let cookie = "yichuang_session"

  let sessions: SessionStore

  func handle(
    _ request: Request, context: HallContext, next: (Request, HallContext) async throws -> Response
  ) async throws -> Response {
    guard let token = request.cookies[Self.cookie]?.value else { return try await next(request, context) }
    var context = context
    context.session = sessions.session(cookie: token)
    do {
      return try await next(request, context)
    } catch var problem as Problem {
      if problem.badge == nil { problem.badge = context.session?.badge }
      throw problem
    }
  }
}

extension HallContext {
  /// The signed-in clerk.
  ///
  /// - Throws: 401 when nobody is signed in.
  func requireStaff() throws(Problem) -> StaffSession {
    guard let session else { throw .unauthorized }
    return session
  }
}
