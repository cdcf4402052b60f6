/// What the composition is to build: from `--config`, or from `--demo`.
struct Plan: Sendable {
  let configuration: String
  /// The folder of printer models that come with the package.
  let models: String
  let stateFolder: String
  let demo: Bool
  /// Ports given on the command line, in the demo; 0 takes a free one.
  var kioskPort: Int?
  var hallPort: Int?
  /// Whether the demo's kiosks may ask as fast as programs can.
  var isUnlimited = false

  static let defaultConfiguration = "/etc/yichuang/yichuang.yaml"
  static let defaultState = "/var/lib/yichuang"

  /// Where the demo's printer keeps what it prints.
  func slipFolder(of kiosk: String) -> String { "\(stateFolder)/slips/\(kiosk)" }
}
