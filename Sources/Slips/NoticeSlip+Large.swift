import Hall

/// The effect of 大字 on a notice.
extension NoticeSlip {
  /// Sections whose letters 大字 enlarges: what must be brought, place and phones, and what was handed to an agent.
  package static func isEnlarged(section title: String) -> Bool {
    title.hasPrefix(Wording.toBring) || title == Wording.whereAndWhen || title == Wording.noMaterials
      || title == Wording.originalsTitle
  }
}

extension SlipDocument {
  /// The document as printed on a roll. In 大字 the legal part is left to the QR code and the A4 sheet, and codes that
  /// nobody reads off paper are left out; the roll would be too long otherwise.
  package var onRoll: SlipDocument {
    guard largeType, kind == .notice,
      let from = blocks.firstIndex(where: { $0.isSection(Wording.lawAndConditions) }),
      let to = blocks[from...].firstIndex(of: .rule)
    else { return self }
    let inStation = blocks.contains(.cutLine(caption: Wording.stubAtStation))
    let instead: [SlipBlock] = [.paragraph(text: Wording.lawElsewhere(inStation: inStation), style: .body)]
    let rest = blocks[to...].filter { block in
      if case .paragraph(let text, .fine) = block { !Wording.isForTheOffice(text) } else { true }
    }
    return SlipDocument(kind: kind, slip: slip, largeType: largeType, blocks: blocks[..<from] + instead + rest)
  }
}

extension SlipBlock {
  fileprivate func isSection(_ wanted: String) -> Bool {
    if case .section(let title, _) = self { title == wanted } else { false }
  }
}
