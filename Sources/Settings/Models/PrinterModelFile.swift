package import PrinterProtocols
package import YAMLDocuments

/// A printer model's `model.yaml`.
package enum PrinterModelFile {
  /// The schema of a model file; a file with another is refused.
  package static let schema = 1

  package static func load(_ path: String) -> Loaded<PrinterModel> {
    let log = FaultLog()
    return Loaded(BoundedFile.text(path, log).flatMap { model($0, file: path, log) }, log, first: path)
  }

  package static func read(_ text: String, file: String) -> Loaded<PrinterModel> {
    let log = FaultLog()
    return Loaded(model(text, file: file, log), log, first: file)
  }

  static func model(_ text: String, file: String, _ log: FaultLog) -> PrinterModel? {
    guard let root = YAMLNode.document(text, file: file, log), let top = YAMLTable(root, "the file", log) else {
      return nil
    }
    return PrinterModelParser(top).model()
  }

  /// Lower-case letters, digits and hyphens, so that it can be part of a device-uri and a path.
  static func isID(_ text: String) -> Bool {
    (1...40).contains(text.utf8.count) && !text.hasPrefix("-") && !text.hasSuffix("-")
      && text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
  }
}
