extension SecurityRecord.Event {
  package var english: String {
    switch self {
    case .started: "the hall started"
    case .stopped: "the hall stopped"
    case .signedIn: "signed in"
    case .signInFailed: "sign-in failed"
    case .lockedOut: "locked out after failures"
    case .sessionEnded: "session ended"
    case .secretChanged: "own secret changed"
    case .pinChanged: "badge PIN changed"
    case .pinEnded: "badge PIN ended after wrong ones"
    case .firstSecretGiven: "first secret given"
    case .delayReleased: "delay of sign-ins released"
    case .badgeRevoked: "revoked badge shown"
    case .emergencyRaised: "silent call for help"
    case .emergencyTaken: "silent call: somebody goes"
    case .emergencyEnded: "silent call ended"
    case .auditRead: "security log read"
    case .refused: "request refused"
    case .settingsChanged: "settings changed"
    case .settingsRefused: "settings not taken"
    case .staffAdded: "member added"
    case .staffRemoved: "member removed"
    case .roleChanged: "role changed"
    case .secretReplaced: "secret replaced in the configuration"
    case .backupMade: "backup made"
    case .backupRestored: "backup restored"
    case .journalAccepted: "journal accepted"
    case .updateMade: "updated"
    case .updateTakenBack: "update taken back"
    case .personalDataShown: "personal data shown in full"
    case .caseSearched: "cases looked up by a card's number"
    case .collectionRefused: "result not handed over: no authority"
    case .shareUsedUp: "the day's share is used up; the rest is in the system's log"
    }
  }

  package var chinese: String {
    switch self {
    case .started: "服务启动"
    case .stopped: "服务停止"
    case .signedIn: "登录"
    case .signInFailed: "登录失败"
    case .lockedOut: "多次失败，暂时锁定"
    case .sessionEnded: "登录结束"
    case .secretChanged: "本人改口令"
    case .pinChanged: "本人改数字密码"
    case .pinEnded: "多次输错，数字密码作废"
    case .firstSecretGiven: "发首次口令"
    case .delayReleased: "解除登录等待"
    case .badgeRevoked: "出示作废的工作证"
    case .emergencyRaised: "无声求助"
    case .emergencyTaken: "无声求助：有人前去"
    case .emergencyEnded: "无声求助结束"
    case .auditRead: "查阅安全日志"
    case .refused: "请求被拒绝"
    case .settingsChanged: "配置变更"
    case .settingsRefused: "配置未换上"
    case .staffAdded: "增加人员"
    case .staffRemoved: "删除人员"
    case .roleChanged: "角色变更"
    case .secretReplaced: "配置里换了口令"
    case .backupMade: "备份"
    case .backupRestored: "恢复备份"
    case .journalAccepted: "接受账本"
    case .updateMade: "更新"
    case .updateTakenBack: "更新未成，已退回"
    case .personalDataShown: "查看完整个人信息"
    case .caseSearched: "按证件号查办件"
    case .collectionRefused: "没有委托，不能代领"
    case .shareUsedUp: "当天的份额已用完，其余在系统日志里"
    }
  }
}

extension SecurityRecord.Field {
  package var english: String { rawValue }

  package var chinese: String {
    switch self {
    case .badge: "工号"
    case .role: "角色"
    case .code: "代码"
    case .source: "地址"
    case .listener: "监听"
    case .request: "请求"
    case .count: "次数"
    case .window: "窗口"
    case .console: "电脑"
    case .why: "原因"
    case .by: "操作者"
    case .settings: "设置"
    case .catalogue: "目录版本"
    case .file: "文件"
    case .kind: "种类"
    case .configuration: "配置摘要"
    case .seconds: "秒"
    }
  }
}

extension SecurityLine {
  /// A line for people: `2026-11-23T09:00:00+08:00 signed in badge=AJ001 source=127.0.0.1`.
  ///
  /// - Parameter withTime: whether it begins with the time.
  package func words(inChinese: Bool, withTime: Bool = true) -> String {
    let event = SecurityRecord.Event(rawValue: event).map { inChinese ? $0.chinese : $0.english } ?? event
    let known = SecurityRecord.Field.allCases.compactMap { field -> String? in
      values[field.rawValue].map { "\(inChinese ? field.chinese : field.english)=\($0)" }
    }
    let later = values.keys.filter { SecurityRecord.Field(rawValue: $0) == nil }.sorted().map {
      "\($0)=\(values[$0] ?? "")"
    }
    return ((withTime ? [at] : []) + [event] + known + later).joined(separator: " ")
  }
}
