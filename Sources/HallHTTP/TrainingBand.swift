/// The band 演练 that marks every page of a training.
///
/// It is inserted into each page's markup before everything else, so that it is seen and read aloud first, and needs no
/// script.
package struct TrainingBand: Sendable {
  /// When the training ends, as a clock shows it: 12:00.
  let end: String

  package init(end: String) { self.end = end }

  /// The page with the band, and on pages of staff with a link to the report; nil for a page without head and body.
  func page(_ text: String, path: String) -> String? {
    guard text.contains("</head>"), text.contains("<body>") else { return nil }
    return text.replacing(
      "</head>", with: "  <link rel=\"stylesheet\" href=\"/shared/training.css\">\n  </head>", maxReplacements: 1
    ).replacing(
      "<body>", with: "<body>\n    \(markup(isOfStaff: path.hasPrefix("window/") || path.hasPrefix("manage/")))",
      maxReplacements: 1)
  }

  private func markup(isOfStaff: Bool) -> String {
    let report =
      isOfStaff ? " <a href=\"/manage/practice.html\">练习报告<span lang=\"en\"> Report</span></a>" : ""
    return """
      <aside class="training" id="training"><strong>演练</strong> <span>这里取的号、打的单都不算数，\(end) 结束</span> \
      <span lang="en">Training: nothing here counts, ends at \(end)</span>\(report)</aside>
      """
  }
}
