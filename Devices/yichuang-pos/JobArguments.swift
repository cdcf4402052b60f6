import PrinterLink

/// The scheduler's command line for a job: job-id, user, title, copies, options and perhaps a file.
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
  /// Seconds since 1970; nil when the scheduler does not give it.
  let createdAt: Int?

  /// Seconds; the resident of an older slip has left.
  static let longestAge = 900

  /// - Parameter arguments: at least six. The number of copies is ignored: a slip is printed once.
  init(_ arguments: [String]) throws(Fault) {
    let options = Self.options(arguments[5])
    guard let uuid = options["job-uuid"].flatMap(JobUUID.init) else { throw .noUUID }
    self.uuid = uuid
    title = arguments[3]
    file = arguments.count > 6 ? arguments[6] : nil
    createdAt = options["time-at-creation"].flatMap(Int.init)
  }

  /// A slip that a scheduler kept over a night or a crash is not printed.
  func checkAge(now: Int) throws(Fault) {
    guard let createdAt, now - createdAt > Self.longestAge else { return }
    throw .tooOld(seconds: now - createdAt)
  }

  /// Parses `name=value name='v w' name`: spaces separate options unless quoted or escaped. The last of repeated
  /// options counts, because the scheduler appends its own to the client's.
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
