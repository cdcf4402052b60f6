/// The band 演练 of a training, in each page's own markup, before everything else: whoever sees or hears a page learns it
/// first, once, and no script is needed for it.
package struct TrainingBand: Sendable {
  /// When the training ends, as a clock shows it: 12:00.
  let end: String

  package init(end: String) { self.end = end }

  /// The page with the band, pages of staff with the way to the report; nil where it has no head and body to insert it into.
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
