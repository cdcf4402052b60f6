extension CardReader {
  /// A valid answer to the present command.
  mutating func answered(_ command: SAMCommand, _ reply: SAMReply) -> [Action] {
    // A module that answers only to resets does not work.
    if command != .reset { failures = 0 }
    // An undocumented code is treated as the unspecified error.
    let status = reply.status ?? .unknownError
    switch status.reaction {
    case .resend where !wasResent:
      wasResent = true
      return send(command)
    case .resend, .reset: return troubled(command)
    case .giveUp: return needService(status)
    case .poll, .goOn, .reposition, .refuseCard: wasResent = false
    }
    switch status.reaction {
    case .goOn: return goOn(after: command, reply)
    case .poll: return foundNothing()
    case .reposition: return tryAgain(.layAgain)
    case .refuseCard(let trouble): return tryAgain(trouble)
    case .resend, .reset, .giveUp: return troubled(command)
    }
  }

  private mutating func goOn(after command: SAMCommand, _ reply: SAMReply) -> [Action] {
    switch command {
    case .reset:
      mayRepeat = false
      return send(identity == nil && !isChecking ? .status : .find)
    case .status: return send(.identity)
    case .identity:
      resets = 0
      identity = SAMIdentity(reply.data)
      return [.report(.ready(identity))] + send(.find)
    case .find:
      isOccupied = true
      if isChecking {
        isChecking = false
        if lastCard != nil || !mayRead { return rest(Self.lyingPause) }
      }
      // It was laid down anew, which stays true if the module has to be reset before it is read.
      if mayRepeat { lastCard = nil }
      guard mayRead else {
        defer { isFoundSaid = true }
        return (isFoundSaid ? [] : [.report(.found)]) + rest()
      }
      return send(.select)
    case .select: return send(.readText)
    case .readText: return read(reply)
    case .readAddresses: return rest()
    }
  }

  private mutating func read(_ reply: SAMReply) -> [Action] {
    resets = 0
    (mayHide, isFoundSaid) = (true, true)
    guard let text = reply.text, let card = try? CardText(text), card.namesSomebody else {
      return tryAgain(.unknownText)
    }
    tries = 0
    isRefused = false
    // Seeded anew in each process, so the stored value reveals nothing.
    let mark = card.hashValue
    let isNew = mark != lastCard || mayRepeat
    (lastCard, mayRepeat) = (mark, false)
    return (isNew ? [.report(.card(card))] : []) + rest()
  }

  private mutating func foundNothing() -> [Action] {
    resets = 0
    if isOccupied, mayHide, !isChecking {
      isChecking = true
      return send(.reset)
    }
    (mayHide, isChecking) = (false, false)
    tries = 0
    mayRepeat = true
    isRefused = false
    isFoundSaid = false
    defer { isOccupied = false }
    return (isOccupied ? [.report(.fieldEmpty)] : []) + rest()
  }

  /// Retries the card from the start a few times; then reports the problem once and keeps looking.
  private mutating func tryAgain(_ trouble: CardTrouble) -> [Action] {
    tries += 1
    guard tries >= Self.mostTries else { return send(.find) }
    tries = 0
    defer { isRefused = true }
    return (isRefused ? [] : [.report(.cardTrouble(trouble))]) + rest()
  }

  /// The module reports an error or did not understand: reset it. If that does not help it needs service; a module that
  /// only does not tell its number works without.
  private mutating func troubled(_ command: SAMCommand) -> [Action] {
    wasResent = false
    resets += 1
    if resets > Self.mostTries { return needService(.unknownError) }
    switch command {
    case .identity: return [.report(.ready(nil))] + rest(then: .find)
    case .readAddresses: return rest()
    case .reset: return drain(then: .status)
    case .status, .find, .select, .readText: return drain(then: .reset)
    }
  }

  private mutating func needService(_ status: SAMStatus) -> [Action] {
    wasResent = false
    resets = 0
    tries = 0
    return [.report(.needsService(status))] + rest(Self.servicePause, then: .status)
  }
}
