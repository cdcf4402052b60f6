import Hall

/// One group of a notice's list under its black bar.
struct NoticeGroup {
  let title: String
  let advice: String?
  let lines: [(entry: Checklist.Entry, mark: CheckMark?)]

  init(_ title: String, _ advice: String?, _ lines: [(entry: Checklist.Entry, mark: CheckMark?)]) {
    self.title = title
    self.advice = advice
    self.lines = lines
  }

  init(_ title: String, _ advice: String?, _ entries: [Checklist.Entry]) {
    self.init(title, advice, entries.map { ($0, nil) })
  }
}

extension NoticeMarks {
  /// What must be brought. Missing materials are a group of their own at the top; those that the resident has are
  /// listed too, because they must come along.
  func groups(of toBring: [Checklist.Entry]) -> [NoticeGroup] {
    let marked = toBring.map { entry in (entry: entry, mark: mark(of: entry)) }
    let lacking = marked.filter { $0.mark == .missing }
    let rest = marked.filter { $0.mark != .missing }
    guard !lacking.isEmpty else { return [NoticeGroup(Wording.toBring, nil, marked)] }
    return [
      NoticeGroup(Wording.stillMissing(lacking.count), rest.isEmpty ? nil : Wording.stillMissingAdvice, lacking),
      NoticeGroup(Wording.alreadyThere, Wording.alreadyThereAdvice, rest),
    ]
  }

  private func mark(of entry: Checklist.Entry) -> CheckMark? {
    if missing.contains(entry.name) { return .missing }
    return have.contains(entry.name) ? .have : nil
  }
}
