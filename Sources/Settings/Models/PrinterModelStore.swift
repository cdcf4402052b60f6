import Foundation
package import PrinterProtocols
package import YAMLDocuments

/// The known printer models: the packaged ones and the hall's own.
package struct PrinterModelStore: Sendable {
  private let models: [String: PrinterModel]

  init(_ models: [PrinterModel]) {
    self.models = Dictionary(models.map { ($0.id, $0) }) { first, _ in first }
  }

  /// In alphabetical order.
  package var ids: [String] { models.keys.sorted() }
  package var all: [PrinterModel] { ids.compactMap { models[$0] } }
  package subscript(id: String) -> PrinterModel? { models[id] }

  /// The model of a printer with this device ID: the one with the longest pattern that matches; nil for none.
  package func model(for id: PrinterDeviceID) -> PrinterModel? {
    let fitting = all.flatMap { model in model.deviceIDs.filter(id.fits).map { (model: model, length: $0.count) } }
    return fitting.max { $0.length < $1.length }?.model
  }

  /// The generic model for a paper width.
  package static func generic(paperMillimetres: Int) -> String { "generic-\(paperMillimetres)" }

  /// Loads `FOLDER/*/model.yaml` of each folder.
  ///
  /// A model of a later folder replaces one with the same id, so that a hall's own models take precedence.
  package static func load(_ folders: [String]) -> Loaded<PrinterModelStore> {
    let log = FaultLog()
    let models = folders.flatMap { read($0, log) }
    return Loaded(PrinterModelStore(models.reversed()), log, first: "")
  }

  static func read(_ folder: String, _ log: FaultLog) -> [PrinterModel] {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      log.fault(
        FileLocation(file: folder), "is no folder that can be read", "name a folder that holds ID/model.yaml",
        zh: "不是能读的文件夹：写一个里面有 型号/model.yaml 的文件夹")
      return []
    }
    return names.filter { !$0.hasPrefix(".") }.sorted().prefix(mostModels).compactMap { name in
      let path = "\(folder)/\(name)/model.yaml"
      // Other files (a README) may lie beside the models; a folder without its model file is an error.
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: "\(folder)/\(name)", isDirectory: &isFolder), isFolder.boolValue
      else { return nil }
      let own = FaultLog()
      defer { log.add(own) }
      guard let text = BoundedFile.text(path, own), let model = PrinterModelFile.model(text, file: path, own) else {
        return nil
      }
      guard model.id == name else {
        own.fault(
          FileLocation(file: path), "the id \(model.id) lies in the folder \(name)", "let both be the same",
          zh: "型号编号 \(model.id) 与文件夹名 \(name) 不同：改成一样")
        return nil
      }
      return model
    }
  }

  /// Far more than a hall has; a larger folder is a mistake.
  private static let mostModels = 500
}
