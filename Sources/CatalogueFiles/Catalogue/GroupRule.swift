import Hall
import YAMLDocuments

/// Checks that materials of one `one_of` group agree with one another.
struct GroupRule {
  private let log: FaultLog

  init(_ log: FaultLog) { self.log = log }

  func checked(_ read: [(table: YAMLTable, material: Material?)]) -> [Material] {
    var members: [String: [(table: YAMLTable, material: Material)]] = [:]
    var order: [String] = []
    for (table, material) in read {
      guard let material, let group = material.oneOf else { continue }
      if members[group] == nil { order.append(group) }
      members[group, default: []].append((table, material))
    }
    for group in order { check(group, members[group] ?? []) }
    return read.compactMap(\.material)
  }

  private func check(_ group: String, _ members: [(table: YAMLTable, material: Material)]) {
    guard let first = members.first else { return }
    if members.count == 1 {
      log.fault(
        first.table.location(of: "one_of"), "“\(group)” has one member",
        "give another material the same `one_of`, or take it out",
        zh: "任选其一“\(group)”只有一份材料：给另一份材料写同样的组名（one_of），或去掉")
    }
    for member in members where member.material.necessity != first.material.necessity {
      log.fault(
        member.table.location(of: "one_of"),
        "“\(group)” is \(first.material.necessity.rawValue) with one member and \(member.material.necessity.rawValue) with another",
        "let all members of a group say the same",
        zh: "任选其一“\(group)”里有的\(first.material.necessity.rawValue)、有的\(member.material.necessity.rawValue)：同一组要写得一样")
    }
    for member in members where (member.material.kind == .form) != (first.material.kind == .form) {
      log.fault(
        member.table.location(of: "one_of"), "“\(group)” mixes what is brought with what is filled in at the hall",
        "put forms into a group of their own",
        zh: "任选其一“\(group)”里既有自带的、又有现场填写的：表格另立一组")
    }
  }
}
