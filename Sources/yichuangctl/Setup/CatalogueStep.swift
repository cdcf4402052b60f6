import CatalogueFiles
import Control
import Foundation
import HallSetup
import Settings
import YAMLDocuments

/// The hall's catalogue: the one that is there, the packaged one, or one from a file.
struct CatalogueStep {
  /// The path of the hall's catalogue.
  let path: String
  private let text: String?

  /// - Parameter isFirst: there is no configuration yet, so an installed copy is kept and a missing one is made.
  init(_ answer: SetupAnswers.Catalogue, at path: String, isFirst: Bool, _ share: ShareFolder) throws {
    self.path = path
    switch answer {
    case .packaged:
      let isMissing = isFirst && !FileManager.default.fileExists(atPath: path)
      text = isMissing ? try Self.text(of: share.reference + "/catalogue.yaml") : nil
    case .file(let file) where file.lowercased().hasSuffix(".csv"):
      text = try Self.imported(file)
    case .file(let file):
      text = try Self.text(of: file)
    }
  }

  /// Writes it beside the present one; nil where the present one stays.
  func write() throws -> FileReplacement? {
    guard let text else { return nil }
    return try FileReplacement(text, at: path)
  }

  private static func text(of file: String) throws -> String {
    let log = FaultLog()
    guard let text = BoundedFile.text(file, log) else { throw SetupFault(Reference.faults(log.faults, file)) }
    return text
  }

  private static func imported(_ file: String) throws -> String {
    let day = Calendar(identifier: .gregorian).dateComponents([.year, .month, .day], from: Date())
    let date = String(format: "%04d-%02d-%02d", day.year ?? 0, day.month ?? 0, day.day ?? 0)
    do {
      let imported = try CatalogueImport.load(
        file, asOf: date, pinyin: try Readings.load(nil), sealing: ClosedHall.seal)
      guard imported.report.errors > 0 else { return imported.text }
      let errors = imported.report.errors
      throw SetupFault(
        .configuration,
        "\(file) has \(errors) errors: look at them with `yichuangctl catalogue import` and mend them, then run setup again",
        zh: "\(file) 有 \(errors) 处错误：用 yichuangctl catalogue import 逐行看、改好，再运行 setup")
    } catch let refused as CatalogueImport.Refused {
      throw SetupFault(
        .configuration, "\(file) is no catalogue that can be imported: \(refused.description)",
        zh: "\(file) 不能导入：\(refused.description)")
    }
  }
}
