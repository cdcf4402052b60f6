/// The stable codes of faults, in the order in which a page lists them: the gravest first.
package enum FaultCode: String, Hashable, Sendable, CaseIterable {
  /// 存储已满: nothing can be written, so no numbers are issued.
  case storageFull = "storage_full"
  /// 存储故障.
  case storageFault = "storage_fault"
  /// 连不上共用账本: this machine of several is cut off from the hall's journal.
  case journalCutOff = "journal_cut_off"
  /// 共用账本的服务器不对: a server answers that must not be used.
  case journalBehind = "journal_behind"
  /// 账本校验没有通过: a record of earlier days, or the checkpoint's file, is not what was written.
  case journalDamaged = "journal_damaged"
  /// 时钟不可信: staff have to check the date.
  case clockStep = "clock_step"
  /// 营业日已自动关闭: a corrected clock showed that the open day was a past one.
  case dayOvertaken = "day_overtaken"
  /// 今年的放假安排没有录入: the hall opens by weekdays alone.
  case calendarEnded = "calendar_ended"
  /// 明年的放假安排还没有录入.
  case calendarEnds = "calendar_ends"
  /// 入口证书快到期 (or ended): consoles and boards on other machines cannot connect from then on.
  case certificateEnds = "certificate_ends"
  /// 正在核对上次的打印: intake is closed until earlier slips are reconciled.
  case reconciling = "reconciling_prints"
  /// 取号机屏幕没有反应: a kiosk's screen was alive and is silent.
  case screenDead = "screen_dead"
  /// 大屏没有反应: a board's watched screen was alive and is silent.
  case boardDead = "board_dead"
  /// 缺纸.
  case paperOut = "paper_out"
  /// 机盖打开.
  case coverOpen = "cover_open"
  /// 切刀故障.
  case cutterFault = "cutter_fault"
  /// 打印机不通.
  case offline
  /// 打印服务不通.
  case printServiceDown = "print_service_down"
  /// 打印服务存不下文件.
  case printSpoolFull = "print_spool_full"
  /// 打印机故障.
  case printerFault = "printer_fault"
  /// 纸将尽.
  case paperLow = "paper_low"
  /// 纸将尽（估计）: by the paper used, where there is no sensor.
  case paperEnding = "paper_ending"
  /// 读卡器或扫码器已断开: it was there before.
  case readerGone = "reader_gone"
  /// 被其他程序占用.
  case readerTaken = "reader_taken"
  /// 没有权限打开.
  case readerNotPermitted = "reader_not_permitted"
  /// 没有应答.
  case readerSilent = "reader_silent"
  /// 需要维修.
  case readerNeedsService = "reader_needs_service"
  /// 读卡服务没有运行.
  case readerServiceDown = "reader_service_down"
  /// 有证件留在读卡处: its holder has left.
  case cardLeft = "card_left"
  /// 取号机有第二个页面: staff decide which of the two is the kiosk's.
  case secondPage = "second_page"
  /// 备份太旧: a target of backup.yaml has had no verified archive for two days.
  case backupOld = "backup_old"
  /// 备份只在本机的盘上: a broken disk takes journal and archives.
  case backupOnOneDisk = "backup_on_one_disk"
  /// 有机器失联: another machine of the hall has not been heard.
  case machineSilent = "machine_silent"
  /// 本机时钟与共用账本的服务器不一致, by more than two seconds.
  case clockApart = "clock_apart"
  /// 本机配置与大厅的不一致: this machine follows and does not decide.
  case configurationDiffers = "configuration_differs"
  /// 正在更新软件: the operator's tool installs a package, and the daemon starts anew.
  case updateRunning = "update_running"
  /// 本机程序旧: the shared journal has a record that this machine's program does not know.
  case programOlder = "program_older"
}

extension FaultCode {
  /// What does not go on until a fault is mended.
  package enum Stopped: String, Hashable, Sendable {
    /// Slips do not come out.
    case paper
    /// No number is given.
    case numbers
  }

  package var stops: Stopped? {
    switch self {
    case .reconciling: .numbers
    case .paperOut, .coverOpen, .cutterFault, .offline, .printServiceDown, .printSpoolFull, .printerFault: .paper
    case .storageFull, .storageFault, .journalCutOff, .journalBehind, .machineSilent, .clockApart,
      .configurationDiffers, .journalDamaged, .clockStep, .dayOvertaken, .calendarEnded, .calendarEnds,
      .certificateEnds, .screenDead, .boardDead,
      .paperLow, .paperEnding, .readerGone, .readerTaken, .readerNotPermitted, .readerSilent, .readerNeedsService,
      .readerServiceDown, .cardLeft, .secondPage, .backupOld, .backupOnOneDisk, .updateRunning, .programOlder:
      nil
    }
  }
}

extension FaultCode {
  /// The word for an operator at a terminal. The pages have sentences of their own for residents and staff (`fault.…`
  /// in Kiosk/locales).
  package var chinese: String {
    switch self {
    case .storageFull: "磁盘已满"
    case .storageFault: "磁盘故障"
    case .journalCutOff: "连不上大厅的共用账本"
    case .journalBehind: "共用账本的服务器不能用"
    case .machineSilent: "有别的机器失联"
    case .clockApart: "本机时钟与账本服务器不一致"
    case .configurationDiffers: "本机配置与大厅的不一致"
    case .programOlder: "本机程序比大厅别的机器旧"
    case .journalDamaged: "账本校验没有通过"
    case .clockStep: "机器时间可疑"
    case .dayOvertaken: "上一个营业日已自动关闭"
    case .calendarEnded: "今年的放假安排没有录入"
    case .calendarEnds: "明年的放假安排还没有录入"
    case .certificateEnds: "入口证书快到期"
    case .reconciling: "正在核对上次的打印"
    case .screenDead: "取号机屏幕没有反应"
    case .boardDead: "大屏没有反应"
    case .paperOut: "缺纸"
    case .coverOpen: "机盖打开"
    case .cutterFault: "切刀故障"
    case .offline: "打印机不通"
    case .printServiceDown: "打印服务不通"
    case .printSpoolFull: "打印服务存不下文件"
    case .printerFault: "打印机故障"
    case .paperLow: "纸将尽"
    case .paperEnding: "纸将尽（估计）"
    case .readerGone: "读卡器或扫码器已断开"
    case .readerTaken: "读卡器被其他程序占用"
    case .readerNotPermitted: "没有权限打开读卡器"
    case .readerSilent: "读卡器没有应答"
    case .readerNeedsService: "读卡器需要维修"
    case .readerServiceDown: "读卡服务不通"
    case .cardLeft: "有证件留在读卡处"
    case .secondPage: "取号机有第二个页面要用"
    case .backupOld: "备份太旧"
    case .backupOnOneDisk: "备份和账本在同一块盘上"
    case .updateRunning: "正在更新软件"
    }
  }
}
