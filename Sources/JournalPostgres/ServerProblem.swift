/// Why a server of the shared journal must not be used, or does not let this machine in: a sentence for the log and one for
/// the consoles. Each says what was found and what to do; nothing is guessed.
package enum ServerProblem: Hashable, Sendable {
  /// Another cluster, with this hall's first record: it was founded anew after a loss.
  case foundedAnew
  /// Another cluster, with another first record.
  case otherHall
  /// Another cluster; this machine has no record yet by which halls could be told apart.
  case otherCluster
  /// The database has no journal of a hall.
  case noJournal
  /// The schema has another version than the one that this release works with.
  case schema(found: Int32, known: Int32)
  /// Another server was promoted since; this one is the old primary.
  case oldPrimary(timeline: Int64, seen: Int64)
  /// A setting by which acknowledged records can be lost, or appends get out of order.
  case setting(name: String, value: String, right: String)
  /// The server tells less settings than were asked for.
  case settingsUntold
  /// The server has less than this machine, on the timeline that this machine knows.
  case endsBefore(Int64)
  /// The server has another record with the sequence of this machine's newest one.
  case fork(at: Int64)
  /// The server takes this machine's password no more: it has run out, or another one was given out since.
  case password
  /// The role of this machine may not log in, or no rule of the server lets it in.
  case notLetIn(String)
  case noDatabase
  /// The server's certificate is not signed by this hall's authority, is for another address, or has run out.
  case certificate(String)
  /// Another process works under this machine's name, last heard at this address; nil for one on this machine.
  case sameName(at: String?)
  /// Anything else, in the server's own words.
  case refuses(String)

  /// In English, after the server's address.
  package var english: String {
    switch self {
    case .foundedAnew:
      "it was founded anew (shared rescue): this machine has to join again with a new file (yichuangctl shared join FILE)"
    case .otherHall: "it has another hall's journal: correct `shared: hosts` and `database`"
    case .otherCluster:
      "it is of another cluster than the one this machine joined: correct `shared: hosts`, or join again with a new file"
    case .noJournal: "it has no journal of a hall: correct `shared: database`"
    case .schema(let found, let known):
      "its schema has version \(found), and this release works with \(known): install the same release on every machine"
    case .oldPrimary(let timeline, let seen):
      "it is an old primary: its timeline is \(timeline), \(seen) was seen; stop it, or let its manager rewind it"
    case .setting(let name, let value, let right): "\(name) is \(value), not \(right)"
    case .settingsUntold: "it does not tell its settings"
    case .endsBefore(let record): "it ends before record \(record), which this machine has"
    case .fork(let record): "its record \(record) is another one than this machine's"
    case .password:
      "it refuses this machine's password: invite the machine anew (yichuangctl shared invite) and join with that file"
    case .notLetIn(let words):
      "it does not let this machine in (\(words)): the machine has left the hall, or a rule of pg_hba.conf is missing"
    case .noDatabase: "it has no such database: correct `shared: database`"
    case .certificate(let words):
      "its certificate is not this hall's (\(words)): another server has this address, or its certificate ran out"
    case .sameName(let address):
      "another machine\(address.map { " at \($0)" } ?? "") works under this one's name: stop it and give it a name of its own"
    case .refuses(let words): "it refuses (\(words))"
    }
  }

  /// In Chinese, as consoles show it below the server's address.
  package var chinese: String {
    switch self {
    case .foundedAnew: "共用账本重新建过：给本机生成新的加入文件，再运行 yichuangctl shared join 文件"
    case .otherHall: "这是另一个大厅的账本：核对配置里 shared 的 hosts 和 database"
    case .otherCluster: "不是本机加入的那个数据库：核对配置里 shared 的 hosts，或用新的加入文件重新加入"
    case .noJournal: "这个数据库里没有大厅账本：核对配置里 shared 的 database"
    case .schema(let found, let known): "账本的结构是第 \(found) 版，本机的程序用第 \(known) 版：每台机器装同一个版本"
    case .oldPrimary(let timeline, let seen): "这是旧的主库（时间线 \(timeline)，已经有 \(seen)）：把它停掉，或等它自己退成备库"
    case .setting(let name, let value, let right): "数据库的设置 \(name) 是 \(value)，要改回 \(right)，否则记过的号会丢"
    case .settingsUntold: "数据库不告诉它的设置"
    case .endsBefore(let record): "它没有本机已有的第 \(record) 条记录"
    case .fork(let record): "它的第 \(record) 条记录和本机的不一样"
    case .password: "数据库不认本机的口令（过期了，或另发过新的）：重新生成加入文件，再运行 yichuangctl shared join 文件"
    case .notLetIn: "数据库不让本机进：本机已退出大厅，或 pg_hba.conf 里少了规则"
    case .noDatabase: "没有这个数据库：核对配置里 shared 的 database"
    case .certificate: "这个地址上的证书不是本大厅的：换了别的服务器，或证书过期"
    case .sameName(let address):
      "另一台机器\(address.map { "（\($0)）" } ?? "")也用本机的名字：把那台停掉，改一个名字再加入"
    case .refuses(let words): "数据库没有照办（\(words)）"
    }
  }

  /// A refusal to connect, by its SQLSTATE or by libpq's own words about the certificate; nil where nothing was refused, as
  /// with a server that is off.
  ///
  /// Codes are the same in every language of a server; its words are not. Source: PostgreSQL, appendix A.
  static func ofConnecting(code: String?, _ message: String) -> ServerProblem? {
    switch code {
    case "28P01": .password
    case "28000": .notLetIn(message)
    case "3D000": .noDatabase
    case nil
    where message.contains("certificate verify failed") || message.contains("does not match host name"):
      .certificate(message)
    default: nil
    }
  }
}
