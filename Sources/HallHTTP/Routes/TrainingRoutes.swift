import Accounts
import Hall
import HTTPTypes
import Hummingbird
import Logging
import Views

/// The report of a training (演练): what was practised. In the hall itself there is none.
struct TrainingRoutes {
  let endpoint: CommandEndpoint

  func add(to router: Router<HallContext>) {
    let parts = endpoint.parts
    // A coordinator sees everybody, everybody else themselves.
    router.get("v1/training") { _, context in
      let session = try context.requireStaff()
      guard let practised = parts.practised else {
        throw Problem(
          .notFound, "not_training", Problem.Words("现在不是演练", "This is no training"),
          Problem.Words("演练的报告在演练的页面上看。", "A training's report is on the training's own pages."))
      }
      let log: TrainingLog
      do {
        log = try await practised()
      } catch {
        parts.logger.error("the training's journal cannot be read", metadata: ["why": "\(error)"])
        throw Problem(
          .serviceUnavailable, "storage_fault", Problem.Words("账本读不出来", "The journal cannot be read"),
          Problem.Words("请管理员查看日志。", "An administrator looks at the log."), retryAfter: 10)
      }
      let only = session.role.may(.runDay) ? nil : session.badge
      return Response.json(
        TrainingViews(log, parts.feed.rules.zone).json(only: only) { parts.admission.member($0)?.name })
    }
  }
}
