import Hall

/// The materials of an item as a notice lists them: in three groups, without what does not apply.
struct NoticeMaterials {
  /// 必带.
  let toBring: [Material]
  /// 现场填写.
  let toFillIn: [Material]
  /// 可不带: an electronic licence or shared data does instead, or it is not necessary.
  let mayLeave: [Material]

  var isEmpty: Bool { toBring.isEmpty && toFillIn.isEmpty && mayLeave.isEmpty }

  /// - Parameter situations: keys that were chosen; when there are none, everything applies.
  init(_ item: Item, situations: [String]) {
    let applying = item.materials.filter { material in
      guard let when = material.when else { return true }
      return situations.isEmpty || situations.contains(when)
    }
    toFillIn = applying.filter { $0.kind == .form }
    let brought = applying.filter { $0.kind != .form }
    mayLeave = brought.filter(Self.isDispensable)
    toBring = brought.filter { !Self.isDispensable($0) }
  }

  /// A material of a situation is `required: false` in the catalogue and needed all the same where the situation is
  /// met.
  private static func isDispensable(_ material: Material) -> Bool {
    material.electronicAccepted || (!material.required && material.when == nil)
  }
}

extension Material {
  /// How many of what, a short line each, for the right edge: 原件1份; 复印件1份.
  var copyLines: [String] {
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

  /// Photographs are counted in 张; a name that merely ends in 照 (护照, 营业执照) is none.
  private var isPhotograph: Bool {
    ["登记照", "免冠照", "照片", "相片", "合影照"].contains { name.hasSuffix($0) }
  }
}
