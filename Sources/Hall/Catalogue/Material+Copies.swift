extension Material {
  /// How many of what, a short line each, for the right-hand column: 原件1份; 复印件1份.
  package var copyLines: [String] {
    let unit = isPhotograph ? "张" : "份"
    switch kind {
    case .form: return ["\(max(1, originals + copies))份"]
    case .originalOrCopy: return ["原件或", "复印件\(max(1, originals, copies))份"]
    case .original, .copy, .originalAndCopy:
      if isPhotograph { return ["\(max(1, originals + copies))张"] }
      var lines: [String] = []
      if originals > 0 { lines.append("原件\(originals)\(unit)") }
      if copies > 0 { lines.append("复印件\(copies)\(unit)") }
      return lines.isEmpty ? [kind == .copy ? "复印件" : "原件"] : lines
    }
  }

  /// The same in one line: 原件1份、复印件1份, 原件或复印件1份.
  package var copyWords: String {
    kind == .originalOrCopy ? copyLines.joined() : copyLines.joined(separator: "、")
  }

  /// Photographs are counted in 张; a name that only ends in 照 (护照, 营业执照) is not a photograph.
  private var isPhotograph: Bool {
    ["登记照", "免冠照", "照片", "相片", "合影照"].contains { name.hasSuffix($0) }
  }
}
