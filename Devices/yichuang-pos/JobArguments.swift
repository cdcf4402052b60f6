import PrinterLink

/// What the scheduler says about a job on the command line: job-id, user, title, copies, options and perhaps a file.
struct JobArguments {
  enum Fault: Error, Equatable, CustomStringConvertible {
    case noUUID
    case tooOld(seconds: Int)

    var description: String {
      switch self {
      case .noUUID: "the scheduler gave the job no job-uuid"
      case .tooOld(let seconds): "the job is \(seconds) s old"
      }
    }
  }

  let uuid: JobUUID
  let title: String
  /// Nil: the document comes on standard input.
  let file: String?
  /// Seconds since 1970; nil when the scheduler does not tell.
  let createdAt: Int?

  /// Nobody stands at the printer any more for a slip of this age, in seconds.
  static let longestAge = 900

  /// - Parameter arguments: at least six. A slip is never printed more than once, whatever the copies say.
  init(_ arguments: [String]) throws(Fault) {
    let options = Self.options(arguments[5])
    guard let uuid = options["job-uuid"].flatMap(JobUUID.init) else { throw .noUUID }
    self.uuid = uuid
    title = arguments[3]
    file = arguments.count > 6 ? arguments[6] : nil
    createdAt = options["time-at-creation"].flatMap(Int.init)
  }

  /// A slip that a scheduler has kept for long, over a night or a crash, is not printed.
  func checkAge(now: Int) throws(Fault) {
    guard let createdAt, now - createdAt > Self.longestAge else { return }
    throw .tooOld(seconds: now - createdAt)
  }

  /// Reads `name=value name='v w' name`: spaces part options unless they are quoted or follow a backslash. Of an
  /// option that is given twice the last one counts: the scheduler adds its own behind those of the client.
  static func options(_ text: String) -> [String: String] {
    var options: [String: String] = [:]
    var word = ""
    var quote: Character?
    var isEscaped = false
    func end() {
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if let name = parts.first, !name.isEmpty { options[String(name)] = parts.count > 1 ? String(parts[1]) : "" }
      word = ""
    }
    for character in text {
      if isEscaped {
        word.append(character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else if character == quote {
        quote = nil
      } else if quote == nil, character == "'" || character == "\"" {
        quote = character
      } else if quote == nil, character == " " {
        end()
      } else {
        word.append(character)
      }
    }
    end()
    return options
  }
}
