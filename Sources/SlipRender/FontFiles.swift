/// Where the renderer's fonts lie and which families it draws with, the first that has a character winning.
///
/// The renderer sees these folders and no others, so a font somebody installs on the machine changes no slip.
package struct FontFiles: Hashable, Sendable {
  package let folders: [String]
  package let families: [String]
  /// Where fontconfig keeps what it learned of the folders; a missing or read-only folder only costs time at start.
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
