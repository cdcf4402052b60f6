import FileKit
import Foundation
import Hall
import HallSetup
import Seal
import Settings
import Testing
import YAMLDocuments

/// Answers and configurations in a folder that goes with the test, beside the packaged reference files.
final class SetupKit {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path
  static let reference = root + "/packaging/reference"
  static let models = root + "/Devices/models"
  /// A hash with its commas, of a secret that nobody has.
  static let hash = "scrypt$ln=15,r=8,p=3$oZdEqfA+lRH0tcHhP/3O5w==$ienRiub4OH6JX0KZhHqfNEpR6tidWrNnik57VZ8pulA="
  static let token = "0123456789abcdef0123456789abcdef"

  let folder = NSTemporaryDirectory() + "setup-" + UUID().uuidString

  init() throws { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }
  deinit { try? FileManager.default.removeItem(atPath: folder) }

  static let good = """
    machine: new
    division: 安居
    address: 重庆市铜梁区安居镇（测试）
    hours: ['09:00-12:00', '14:00-17:30']
    consult_phone: '12345'
    supervise_phone: '023-12345'
    windows: {comprehensive: 2, police: 1, pick_up: 1}
    kiosks:
    - printer: {device: 192.168.1.50, model: generic-80}
    staff:
    - {name: 演示员甲, badge: AJ001, role: 窗口人员}
    - {name: 演示统筹员, badge: AJ100, role: coordinator}

    """

  func write(_ text: String, to name: String) throws -> String {
    let path = folder + "/" + name
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  static func divisions() throws -> [Division] { try #require(DivisionFile.load(reference + "/divisions.csv").value) }

  func answers(_ text: String) throws -> Loaded<SetupAnswers> {
    AnswersParser.load(
      try write(text, to: "answers.yaml"), divisions: try Self.divisions(),
      models: ["generic-80", "generic-58", "ipp-a4"]
    ).inBothLanguages()
  }

  func good(_ text: String = SetupKit.good) throws -> SetupAnswers {
    let loaded = try answers(text)
    return try #require(loaded.value, "\(loaded.faults)")
  }

  func draft(_ present: PresentConfiguration?, _ answers: SetupAnswers) -> ConfigurationDraft {
    let hashes = Dictionary(
      ConfigurationDraft.newStaff(answers, present).map { ($0.badge, Self.hash) }
    ) { first, _ in first }
    return ConfigurationDraft(
      present, answers, hashes: hashes,
      .init(boardToken: Self.token, catalogue: Self.reference + "/catalogue.yaml", reference: Self.reference))
  }

  func load(_ text: String) throws -> Loaded<HallSettings> {
    ConfigurationFile.load(
      try write(text, to: "yichuang.yaml"), models: Self.models, sealing: HallSeal.withoutKey
    ).inBothLanguages()
  }

  func settings(_ text: String) throws -> HallSettings {
    let loaded = try load(text)
    return try #require(loaded.value, "\(loaded.faults)\n\(text)")
  }

  /// The demo's configuration, with paths that hold everywhere.
  static func demo() throws -> String {
    var text = try String(contentsOfFile: reference + "/demo.yaml", encoding: .utf8)
    for file in ["catalogue.yaml", "holidays.yaml", "divisions.csv", "pinyin.tsv"] {
      text = text.replacingOccurrences(of: ": \(file)", with: ": \(reference)/\(file)")
    }
    return text.replacingOccurrences(of: "folder: publicity", with: "folder: \(reference)/publicity")
  }
}
