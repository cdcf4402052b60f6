import ReaderProtocols
import Settings
import YAMLDocuments

/// The card readers and scanners that are plugged in.
enum ReaderStep {
  /// A line for each device of a known kind; nothing is opened.
  static func plugged() -> [String] {
    guard let folder = try? ShareFolder.find().readerModels, let shelf = ReaderModelStore.load(folder).value else {
      return []
    }
    return PluggedDevice.all(root: "", shelf, keyboards: []).map { "\($0.place)  \($0.model.id)  \($0.name)" }
  }
}
