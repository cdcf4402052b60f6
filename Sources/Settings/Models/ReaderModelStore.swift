import Foundation
package import ReaderProtocols
package import YAMLDocuments

/// The known reader models.
package struct ReaderModelStore: Sendable {
  /// In alphabetical order of their ids.
  package let all: [ReaderModel]

  package subscript(id: String) -> ReaderModel? { all.first { $0.id == id } }

  /// The model of keyboard-mode scanners, whose devices the hall configures.
  package static let genericKeyboard = "generic-keyboard"

  /// Reads `FOLDER/*/model.yaml`.
  package static func load(_ folder: String) -> Loaded<ReaderModelStore> {
    let log = FaultLog()
    return Loaded(ReaderModelStore(all: read(folder, log)), log, first: folder)
  }

  private static func read(_ folder: String, _ log: FaultLog) -> [ReaderModel] {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      log.fault(
        FileLocation(file: folder), "is no folder that can be read", "name a folder that holds ID/model.yaml",
        zh: "不是能读的文件夹：写一个里面有 型号/model.yaml 的文件夹")
      return []
    }
    return names.filter { !$0.hasPrefix(".") && !$0.contains(".") }.sorted().compactMap { name in
      let path = "\(folder)/\(name)/model.yaml"
      let own = FaultLog()
      defer { log.add(own) }
      guard let text = BoundedFile.text(path, own), let model = ReaderModelFile.model(text, file: path, own) else {
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

  /// The matches for the reader process.
  ///
  /// - Parameter keyboards: keyboard-mode scanners of the hall's configuration.
  package func matches(keyboards: [ReaderModel.Numbers] = []) -> [ReaderMatch] {
    all.flatMap { $0.matches(own: $0.id == Self.genericKeyboard ? keyboards : []) }
  }
}
