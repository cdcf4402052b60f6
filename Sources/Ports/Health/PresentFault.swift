package import Groundwork

/// A present fault of the hall, as pages show it: its code, its kiosk, and since when.
package struct PresentFault: Hashable, Sendable {
  package let code: FaultCode
  /// The kiosk it concerns; nil for the whole hall.
  package let kiosk: String?
  package let since: Timestamp
  /// What to do about it, by language (`zh-Hans`, `en`); empty where the pages' own words suffice.
  package let remedy: [String: String]

  package init(code: FaultCode, kiosk: String?, since: Timestamp, remedy: [String: String] = [:]) {
    self.remedy = remedy
    self.code = code
    self.kiosk = kiosk
    self.since = since
  }
}

extension PresentFault {
  /// `缺纸（kiosk-1）`.
  package var chinese: String { code.chinese + (kiosk.map { "（\($0)）" } ?? "") }
}
