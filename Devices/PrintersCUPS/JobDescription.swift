/// What the scheduler says about one job.
struct JobDescription: Hashable {
  /// The IPP `job-state` numbers (RFC 8011 §5.3.7).
  enum State: Int {
    case pending = 3
    case pendingHeld, processing, processingStopped, canceled, aborted, completed

    var isTerminal: Bool { rawValue >= State.canceled.rawValue }
  }

  /// Used again by cupsd after a crash: no identity.
  let number: Int
  let uuid: String
  let name: String
  let state: State
  /// `job-incoming` while the scheduler still waits for the document.
  let isIncoming: Bool
  let documents: Int
  /// False as long as no backend was started for it.
  let hasBegun: Bool

  static let attributes = [
    "job-id", "job-uuid", "job-name", "job-state", "job-state-reasons", "number-of-documents", "time-at-processing",
  ]

  init?(_ job: IPPAnswer.Group) {
    // job-name may be withheld from those who do not own the job.
    guard let number = job.integer("job-id"), let state = job.integer("job-state").flatMap(State.init) else {
      return nil
    }
    self.number = number
    self.state = state
    uuid = job.text("job-uuid") ?? ""
    name = job.text("job-name") ?? ""
    isIncoming = job.texts("job-state-reasons").contains("job-incoming")
    documents = job.integer("number-of-documents") ?? 0
    hasBegun = job.integer("time-at-processing") != nil
  }
}
