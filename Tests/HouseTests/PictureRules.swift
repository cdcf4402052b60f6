/// Rules on the pictures of docs/pictures and the pages that show them.
enum PictureRules {
  /// The most bytes of a picture: manuals are read over thin lines too.
  static let mostBytes = 120_000

  /// Pictures that a page names and nobody made, with the line that names them.
  ///
  /// - Parameter pictures: file names in docs/pictures.
  static func missing(in page: String, file: String, pictures: Set<String>) -> [Finding] {
    zip(1..., page.split(separator: "\n", omittingEmptySubsequences: false)).flatMap { number, line in
      named(in: String(line)).filter { !pictures.contains($0) }.map {
        Finding(file: file, line: number, what: "docs/pictures has no \($0)")
      }
    }
  }

  /// Pictures that no page names.
  static func unused(_ pictures: Set<String>, pages: [String]) -> [String] {
    pictures.subtracting(pages.flatMap(named)).sorted()
  }

  private static func named(in text: String) -> [String] {
    text.matches(of: /\]\((?:docs\/)?pictures\/([^)\s]+)\)/).map { String($0.1) }
  }
}
