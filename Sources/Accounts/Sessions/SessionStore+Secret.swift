import Hall

/// Why a new secret was refused.
package enum NewSecretRefusal: Error, Hashable, Sendable {
  /// Others guess it easily.
  case weak(WeakSecret)
  /// The new secret equals the first secret, which has to be changed.
  case unchanged
  /// The present one is wrong, or was wrong too often.
  case present(SignInRefusal)
  /// It could not be stored.
  case notStored
}

/// Why a badge PIN was refused.
package enum NewPINRefusal: Error, Hashable, Sendable {
  case weak(WeakPIN)
  /// Coordinators, agents and administrators always type their secret.
  case notForRole
  /// The secret is wrong, or was wrong too often.
  case present(SignInRefusal)
  /// It could not be stored.
  case notStored
}

extension SessionStore {
  /// Gives a signed-in member another secret. Their other sessions end, and other browsers in which they were signed in
  /// become unknown.
  ///
  /// - Parameters:
  ///   - present: the secret that is valid until now.
  ///   - words: what everybody knows of the hall, such as its name and phone numbers.
  /// - Returns: the device cookie for this browser.
  package func changeSecret(
    of session: StaffSession, from present: String, to new: String, words: [String]
  ) async throws(NewSecretRefusal) -> String {
    let badge = session.badge
    if let weak = SecretRule(words: words + [badge, session.name]).weakness(of: new) { throw .weak(weak) }
    if session.mustChangeSecret, present == new { throw .unchanged }
    let hash: String?
    do throws(SignInRefusal) {
      // Counted for the member: another session does not give a fresh count.
      let client = SignInThrottle.Client.colleague(of: badge)
      _ = try await authenticator.check(badge, present, by: client)
      hash = try await authenticator.hash(new, for: client)
    } catch { throw .present(error) }
    guard let hash, let account = admission.replaceSecret(of: badge, with: hash) else { throw .notStored }
    renew(session.id, account)
    review()
    return device(of: account)
  }

  /// Gives a signed-in clerk a badge PIN, another one, or none. All their sessions go on.
  ///
  /// - Parameters:
  ///   - present: their secret.
  ///   - pin: 4 to 8 digits; nil takes it away.
  ///   - words: as for `changeSecret`.
  package func changePIN(
    of session: StaffSession, secret present: String, to pin: String?, words: [String]
  ) async throws(NewPINRefusal) {
    let badge = session.badge
    guard session.role == .clerk else { throw .notForRole }
    if let pin, let weak = BadgePIN.weakness(of: pin, words: words + [badge]) { throw .weak(weak) }
    var hash: String?
    do throws(SignInRefusal) {
      let client = SignInThrottle.Client.colleague(of: badge)
      _ = try await authenticator.check(badge, present, by: client)
      if let pin {
        hash = try await authenticator.hash(pin, for: client)
        guard hash != nil else { throw .busy }
      }
    } catch { throw .present(error) }
    guard admission.replacePIN(of: badge, with: hash) != nil else { throw .notStored }
    renew(badge)
  }

  /// Gives a member who forgot theirs a first secret, which they change when they sign in. Their sessions end.
  ///
  /// - Parameter giver: the session of who gives it.
  /// - Returns: the secret, to be told once: 12 characters in groups of four.
  package func giveFirstSecret(to badge: String, by giver: StaffSession) async throws(NewSecretRefusal) -> String {
    let secret = FirstSecret.make(entropy)
    let hash: String?
    do throws(SignInRefusal) {
      hash = try await authenticator.hash(secret, for: .colleague(of: giver.badge))
    } catch { throw .present(error) }
    guard let hash, admission.replaceSecret(of: badge, with: hash, isFirst: true) != nil else { throw .notStored }
    review()
    return secret
  }

  /// Milliseconds for which some client's attempts at this badge are refused; nil for none.
  package func delay(of badge: String) -> Int64? { authenticator.delay(of: badge) }

  /// Ends the delay of the next attempt at a badge, for every client.
  package func release(_ badge: String) { authenticator.forget(badge) }
}
