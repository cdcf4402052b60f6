import Control
import JournalPostgres

/// The hosts of the journal as `shared status` tells them; without words where there is only one.
struct SharedServers {
  let english: [String]
  let chinese: [String]
  let details: ControlValue

  init(_ look: SharedLook) {
    var english: [String] = []
    var chinese: [String] = []
    var list: [ControlValue] = []
    for (host, found) in look.hosts {
      let (role, words): (String, (String, String)) =
        switch found {
        case .primary where host == look.host: ("primary", ("the primary", "主库"))
        case .primary(let fence):
          (
            "old_primary",
            (
              "an old primary, timeline \(fence.timeline): nobody uses it",
              "旧的主库（时间线 \(fence.timeline)），没有人用它"
            )
          )
        case .standby: ("standby", ("a standby", "备库"))
        case .unusable(let why): ("unusable", ("not usable: \(why)", "用不了（\(why)）"))
        }
      english.append("\(host): \(words.0)")
      chinese.append("\(host)：\(words.1)")
      list.append(.object(["host": .text("\(host)"), "is": .text(role)]))
    }
    self.english = look.hosts.count > 1 ? english : []
    self.chinese = look.hosts.count > 1 ? chinese : []
    details = .list(list)
  }
}
