import ArgumentParser
import Control

struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "How the hall is: its day, its lanes, its faults.")
  @OptionGroup var state: StateOptions
  @OptionGroup var answer: AnswerOptions

  func run() throws { try answer.give(state.demand(ControlRequest(.status))) }
}

struct AcceptJournalCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "accept-journal",
    abstract: "Accepts a restored, shortened or edited journal; numbers go on above those that may be out.")
  @Flag(
    help:
      "After a restore on a new machine: the hall gave no number after this copy was made, so numbers go on after the last one in it."
  )
  var noneSince = false
  @OptionGroup var state: StateOptions
  @OptionGroup var answer: AnswerOptions

  func run() throws {
    var request = ControlRequest(.acceptJournal)
    if noneSince { request.noneSince = true }
    try answer.give(state.demand(request))
  }
}

struct ReloadCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reload", abstract: "Reads configuration and catalogue again, or keeps the old ones and says why.")
  @OptionGroup var state: StateOptions
  @OptionGroup var answer: AnswerOptions

  func run() throws { try answer.give(state.demand(ControlRequest(.reload))) }
}

struct DayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "day", abstract: "Opens or closes the business day.", subcommands: [Open.self, Close.self])

  struct Open: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "open", abstract: "Opens the business day of the clock's date.")
    @Flag(help: "You have looked at a calendar: the clock's date is right.")
    var confirm = false
    @OptionGroup var state: StateOptions
    @OptionGroup var answer: AnswerOptions

    func run() throws {
      var request = ControlRequest(.openDay)
      request.confirm = confirm
      try answer.give(state.demand(request))
    }
  }

  struct Close: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "close", abstract: "Closes the business day; waiting tickets end with it.")
    @Flag(help: "Also when somebody stands at a window.")
    var force = false
    @OptionGroup var state: StateOptions
    @OptionGroup var answer: AnswerOptions

    func run() throws {
      var request = ControlRequest(.closeDay)
      request.force = force
      try answer.give(state.demand(request))
    }
  }
}
