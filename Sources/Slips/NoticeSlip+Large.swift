import Hall

/// What 大字 does to a notice.
extension NoticeSlip {
  /// Sections whose letters 大字 enlarges: what must be brought, and place and phones.
  package static func isEnlarged(section title: String) -> Bool {
    title.hasPrefix(Wording.toBring) || title == Wording.whereAndWhen || title == Wording.noMaterials
  }
}

extension SlipDocument {
  /// The document as a roll prints it. In 大字 the law's part stands behind the code and on A4, and with it the codes that nobody reads
  /// off paper: a roll of it would be longer than anybody unrolls.
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
