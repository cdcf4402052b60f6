import Accounts
import Hall
import Hummingbird

/// Adds the session of the request's cookie to its context.
struct SessionMiddleware: RouterMiddleware {
  typealias Context = HallContext
  static let cookie = "yichuang_session"

  let sessions: SessionStore

  func handle(
    _ request: Request, context: HallContext, next: (Request, HallContext) async throws -> Response
  ) async throws -> Response {
    guard let token = request.cookies[context.cookieName(Self.cookie)]?.value else {
      return try await next(request, context)
    }
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
  /// Whoever is signed in, with a secret of their own.
  ///
  /// - Throws: 401 when nobody is signed in, 403 before a first secret was changed.
  func requireSession() throws(Problem) -> StaffSession {
    guard let session else { throw .unauthorized }
    guard !session.mustChangeSecret else { throw .changeSecretFirst }
    return session
  }

  /// Somebody who works at the hall's matters.
  ///
  /// - Throws: as `requireSession`, and 403 for an administrator.
  func requireStaff() throws(Problem) -> StaffSession {
    let session = try requireSession()
    guard !session.role.isAdministrator else { throw .roleNeeded }
    return session
  }

  /// - Throws: as `requireSession`, and 403 for a role without this right.
  func require(_ right: AccountRight) throws(Problem) -> StaffSession {
    let session = try requireSession()
    guard session.role.may(right) else { throw .roleNeeded }
    return session
  }
}
