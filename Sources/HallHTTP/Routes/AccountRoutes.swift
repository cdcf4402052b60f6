import Accounts
import HTTPTypes
import Hall
import Hummingbird
import Ports
import Registrar
import SecurityRecords
import Views

/// Who may sign in, delays of their sign-ins, and secrets for those who forgot theirs.
struct AccountRoutes {
  let endpoint: CommandEndpoint
  let sessions: SessionStore

  func add(to router: Router<HallContext>) {
    router.get("v1/accounts") { _, context in
      let own = try context.require(.manageAccounts)
      return Response.json(list(for: own))
    }
    router.post("v1/accounts/:badge/release") { _, context in
      let own = try context.require(.manageAccounts)
      let account = try account(context)
      sessions.release(account.member.badge)
      endpoint.parts.security.note(.delayReleased, [.badge: account.member.badge, .by: own.badge])
      return Response(status: .noContent)
    }
    router.post("v1/accounts/:badge/secret") { _, context in try await giveSecret(context) }
  }

  private func account(_ context: HallContext) throws(Problem) -> StaffAccount {
    let badge = context.parameters.get("badge") ?? ""
    guard let account = endpoint.parts.admission.accounts().first(where: { $0.member.badge == badge }) else {
      throw .notFound
    }
    return account
  }

  private func giveSecret(_ context: HallContext) async throws -> Response {
    let own = try context.require(.manageAccounts)
    let member = try account(context).member
    guard own.role.maySetSecret(of: member.role) else { throw Problem.roleNeeded }
    if await endpoint.parts.registrar.fault == .delayed {
      throw Problem(RegistrarFailure.fault(.delayed), zone: endpoint.parts.feed.rules.zone)
    }
    let secret: String
    do throws(NewSecretRefusal) {
      secret = try await sessions.giveFirstSecret(to: member.badge, by: own)
    } catch { throw Problem(error) }
    endpoint.parts.security.note(.firstSecretGiven, [.badge: member.badge, .by: own.badge])
    var json = JSONText()
    json.object { json in
      json.field("badge", member.badge)
      json.field("name", member.name)
      json.field("secret", secret)
    }
    return Response.json(json.bytes)
  }

  private func list(for own: StaffSession) -> [UInt8] {
    var json = JSONText()
    json.object { json in
      json.array("accounts", endpoint.parts.admission.accounts()) { json, account in
        let member = account.member
        json.object { json in
          json.field("badge", member.badge)
          json.field("name", member.name)
          json.field("role", member.role.rawValue)
          json.field("first_secret", account.isFirstSecret)
          json.field("delay_seconds", sessions.delay(of: member.badge).map { Int(($0 + 999) / 1000) })
          json.field("may_set_secret", own.role.maySetSecret(of: member.role))
        }
      }
    }
    return json.bytes
  }
}
