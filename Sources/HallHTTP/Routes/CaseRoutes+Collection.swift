import Accounts
import Hall
import Hummingbird
import SecurityRecords

/// Handing over a result. Somebody who comes for another person's result without authority is refused, and this is logged.
extension CaseRoutes {
  func addCollection(to router: Router<HallContext>) {
    router.post("v1/cases/:id/collect") { request, context in
      let code = try code(context)
      do {
        return try await endpoint.change(request, context, CollectForm.self) { form in
          let collect = CaseStep.collect(
            try word(form.by, "by"), shown: try word(form.shown, "shown"), isSigned: form.signed ?? false,
            returnsOriginals: form.originalsReturned ?? false)
          return .cases(.step(code, collect, paper: form.paper))
        } write: {
          write($0, $1, &$2)
        }
      } catch let problem as Problem where problem.code == Refusal.cases(.proxyNeeded).code {
        let session = try requireCaseStaff(context)
        endpoint.parts.security.note(
          .collectionRefused,
          [.badge: session.badge, .window: session.window.map(String.init), .code: code.description])
        throw problem
      }
    }
  }
}
