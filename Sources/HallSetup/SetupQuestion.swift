/// What setup asks in a terminal, and what happens with the answer.
package struct SetupQuestion: Sendable {
  package let key: SetupKey
  package let english: String
  package let chinese: String
  /// What the answer is used for.
  package let useEnglish: String
  package let useChinese: String

  private init(_ key: SetupKey, _ english: String, zh chinese: String, use: String, zh useChinese: String) {
    self.key = key
    self.english = english
    self.chinese = chinese
    useEnglish = use
    self.useChinese = useChinese
  }

  package func words(inChinese: Bool) -> String { inChinese ? chinese : english }
  package func use(inChinese: Bool) -> String { inChinese ? useChinese : useEnglish }

  package static func of(_ key: SetupKey) -> SetupQuestion? { all.first { $0.key == key } }

  /// In the order in which they are asked.
  package static let all: [SetupQuestion] = [
    SetupQuestion(
      .machine, "Is this a new hall (new), or the replacement of a machine that died (replacement)?",
      zh: "新建大厅（new），还是替换坏掉的机器（replacement）",
      use: "A replacement goes on after the numbers of the old machine, so its backup is restored first.",
      zh: "用途：替换的机器要先恢复备份，号码才会接着旧机器往下编，不会重号"),
    SetupQuestion(
      .division, "Which town or street? Its name, a part of it, or its code",
      zh: "哪个镇（街道）？写名称、名称的一部分或代码",
      use: "The hall's name on slips and screens follows from it, and whether windows are undifferentiated.",
      zh: "用途：小票和屏幕上的大厅名称由它得出；2023 年试点镇街的窗口默认无差别"),
    SetupQuestion(
      .address, "The hall's address", zh: "大厅地址", use: "It is printed on slips.", zh: "用途：印在小票和告知单上"),
    SetupQuestion(
      .hours, "Sessions on working days, such as 09:00-12:00 14:00-17:30, or always",
      zh: "工作日的办公时段，如 09:00-12:00 14:00-17:30；全天开放写 全天",
      use: "The business day opens and closes by it; no number is given at other times.",
      zh: "用途：按它自动开、闭营业日，其余时间不发号；小票上的办公时间也由它写出"),
    SetupQuestion(
      .consultPhone, "The phone for questions", zh: "咨询电话", use: "It is printed on slips and shown on the kiosk.",
      zh: "用途：印在小票上，显示在取号机上"),
    SetupQuestion(
      .supervisePhone, "The phone for complaints", zh: "监督电话", use: "It is printed on slips and shown on the kiosk.",
      zh: "用途：印在小票上，显示在取号机上"),
    SetupQuestion(
      .windows, "The windows", zh: "窗口",
      use: "Each window calls from the lane of its kind: A comprehensive, H police, E pick-up.",
      zh: "用途：每种窗口叫自己的队列：A 综合，H 公安户籍，E 出件"),
    SetupQuestion(
      .kiosks, "How many kiosks?", zh: "取号机有几台",
      use: "Each gets its own printer: slips come out where somebody touched.",
      zh: "用途：每台配一台打印机，小票从触摸的那一台出来"),
    SetupQuestion(
      .screen, "Show the first kiosk's page on this machine's own screen? yes or no", zh: "本机自己的屏幕就是第一台取号机？yes 或 no",
      use: "With yes the machine boots into the page, without a login on that screen.",
      zh: "用途：写 yes，本机开机直接进入取号页面，这块屏幕不再显示登录"),
    SetupQuestion(
      .readers, "Use the card readers and scanners of this machine? yes or no", zh: "用不用本机的读卡器、扫码器？yes 或 no",
      use:
        "With yes the daemon looks for them, and each that is plugged in is tried with a card or a code; a card offers priority and one number a person. Nobody has to show one.",
      zh: "用途：写 yes，服务会自动找读卡器，插着的当场试读一次；刷卡用于优先照顾和一人一号，不刷卡照样取号"),
    SetupQuestion(
      .staff, "The staff", zh: "人员",
      use:
        "They sign in at the window's page. First secrets are shown once and changed at the first sign-in; only hashes are kept.",
      zh: "用途：在窗口页面登录。初始口令只显示一次，首次登录时要改；机器里只存摘要"),
    SetupQuestion(
      .catalogue, "The catalogue: packaged, or the file of a table (CSV) or a catalogue (YAML)",
      zh: "事项目录：packaged（现有的），或表格文件（CSV）、目录文件（YAML）的路径",
      use: "Residents choose from it and notices are printed from it.", zh: "用途：居民按它选事项，告知单按它打印"),
    SetupQuestion(
      .certificates, "This machine's address for consoles and boards on other machines, or none",
      zh: "其他电脑（窗口、大屏）用哪个地址连本机？没有写 none",
      use: "Certificates are made for it; it has to stay the same.", zh: "用途：按它签发证书；地址要固定不变"),
    SetupQuestion(
      .backup, "Where do backups go: a folder, stick:LABEL, sftp://USER@HOST/FOLDER, or none",
      zh: "备份放哪里：文件夹路径、stick:卷标（U 盘）、sftp://用户@主机/文件夹，不备份写 none",
      use: "It is written into backup.yaml, which the backup reads.", zh: "用途：写进 backup.yaml，备份程序按它存放"),
  ]
}
