extension FaultCode {
  /// The word for an operator at a terminal. The pages have sentences of their own for residents and staff (`fault.…`
  /// in Kiosk/locales).
  package var chinese: String {
    switch self {
    case .storageFull: "磁盘已满"
    case .storageFault: "磁盘故障"
    case .clockStep: "机器时间可疑"
    case .dayOvertaken: "上一个营业日已自动关闭"
    case .calendarEnded: "今年的放假安排没有录入"
    case .calendarEnds: "明年的放假安排还没有录入"
    case .reconciling: "正在核对上次的打印"
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
    }
  }
}

extension PresentFault {
  /// `缺纸（kiosk-1）`.
  package var chinese: String { code.chinese + (kiosk.map { "（\($0)）" } ?? "") }
}
