/// The texts beside a material, the same on paper, on the screen and on the wall.
extension Material {
  /// The text behind a material's name.
  package enum Behind: String, Hashable, Sendable, CaseIterable {
    /// An electronic licence is accepted for it; it has to be shown all the same.
    case electronic
    /// The hall gets it itself.
    case shared
    /// The same at a village's station, which has no window.
    case sharedAtStation = "shared_at_station"

    package var words: String {
      switch self {
      case .electronic: "可用电子证照"
      case .shared: "窗口可查，不用带"
      case .sharedAtStation: "代办员可查，不用带"
      }
    }
  }

  /// Nil for a plain paper.
  package func behind(inStation: Bool) -> Behind? {
    if shared { return inStation ? .sharedAtStation : .shared }
    return electronicAccepted ? .electronic : nil
  }

  /// 纸质 A4: the required form and size; nil where the source has neither.
  package var form: String? {
    let parts = [medium?.rawValue, size].compactMap(\.self)
    return parts.isEmpty ? nil : parts.joined(separator: " ")
  }
}

extension Material.Necessity {
  /// The word of published tables, with what it means for the resident.
  package var words: String {
    switch self {
    case .necessary: "必要"
    case .deferrable: "容缺后补（暂时没有也可先受理，之后补交）"
    case .optional: "非必要（有就带上）"
    }
  }
}
