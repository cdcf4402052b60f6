import Accounts
import Hummingbird

/// Tells the connection table whose request this is, so that known clients keep their connections in a flood.
struct KnownClientMiddleware: RouterMiddleware {
  typealias Context = HallContext

  let table: ConnectionTable
  /// On the hall listener: checks board cookies.
  let board: BoardRoutes?

  func handle(
    _ request: Request, context: HallContext, next: (Request, HallContext) async throws -> Response
  ) async throws -> Response {
    table.note(context.connection, client(request, context))
    return try await next(request, context)
  }

  private func client(_ request: Request, _ context: HallContext) -> ConnectionTable.Client? {
    if let session = context.session { return .session(session.id) }
    if let page = context.pages.first { return .page(page.page) }
    guard let board, (try? board.admit(request, context)) != nil else { return nil }
    return .boards
  }
}
