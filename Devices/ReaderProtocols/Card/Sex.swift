/// Sex as coded by GB/T 2261.1.
package enum Sex: Int, Hashable, Sendable, CaseIterable {
  case unknown = 0
  case male = 1
  case female = 2
  case notStated = 9

  /// nil for any other code.
  package init?(code: String) {
    guard code.utf8.count == 1, let number = Int(code) else { return nil }
    self.init(rawValue: number)
  }

  package var chinese: String {
    switch self {
    case .unknown: "未知"
    case .male: "男"
    case .female: "女"
    case .notStated: "未说明"
    }
  }
}
