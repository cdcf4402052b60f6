/// The folders of the renderer's fonts and its families; the first family that has a character draws it.
///
/// The renderer sees only these folders, so a font that is installed on the machine changes no slip.
package struct FontFiles: Hashable, Sendable {
  package let folders: [String]
  package let families: [String]
  /// Fontconfig's cache of the folders. Where it is missing or read-only, only the start takes longer.
  package let cacheFolder: String

  package init(folders: [String], families: [String], cacheFolder: String) {
    self.folders = folders
    self.families = families
    self.cacheFolder = cacheFolder
  }

  /// Debian 12: `fonts-noto-cjk`, and `fonts-hanazono` for the planes beyond it.
  package static let debian = FontFiles(
    folders: ["/usr/share/fonts/opentype/noto", "/usr/share/fonts/truetype/hanazono"],
    families: ["Noto Sans CJK SC", "HanaMinA", "HanaMinB"], cacheFolder: "/var/cache/fontconfig")

  /// A fontconfig configuration (fonts.conf(5)) that holds these folders only.
  var configuration: String {
    let escape = { (text: String) in
      text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
    }
    return "<fontconfig>" + folders.map { "<dir>\(escape($0))</dir>" }.joined()
      + "<cachedir>\(escape(cacheFolder))</cachedir></fontconfig>"
  }
}
