import HallHTTP
import Settings

extension Screens {
  /// What the configuration put on the screens.
  init(_ settings: HallSettings) {
    self.init(
      pages: settings.publicity.files.map(Self.page), afterSeconds: settings.publicity.afterSeconds,
      question: settings.publicity.question, photos: settings.photos.mapValues(ScreenPicture.init))
  }

  private static func page(_ file: MediaFile) -> Page {
    guard file.type == "text/plain" else { return .picture(ScreenPicture(file)) }
    let text = String(decoding: file.bytes, as: UTF8.self)
    let lines = text.split(whereSeparator: \.isNewline).map { line in
      String(
        line.unicodeScalars.filter { $0.properties.generalCategory != .control && $0 != "\u{FEFF}" }.map(Character.init)
      )
    }
    return .text(title: lines.first ?? "", lines: lines.dropFirst().prefix(12).map { String($0.prefix(120)) })
  }
}

extension ScreenPicture {
  init(_ file: MediaFile) { self.init(name: file.name, type: file.type, bytes: file.bytes) }
}
