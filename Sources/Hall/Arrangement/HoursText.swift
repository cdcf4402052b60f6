import Groundwork

extension HallState {
  /// The hall's hours in words, as slips tell them, with the sessions that were added for single days (延时服务).
  package func hoursText(_ rules: HallRules) -> String {
    let added = arrangements.sessions.values.map(\.what).sorted { $0.date < $1.date }.map { added in
      let (_, month, day) = added.date.parts
      return "\(month)月\(day)日加开 \(added.session.from)-\(added.session.to)"
    }
    return ([rules.hoursText] + added).filter { !$0.isEmpty }.joined(separator: "；")
  }
}
