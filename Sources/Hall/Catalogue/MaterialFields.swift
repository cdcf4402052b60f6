extension Material: CatalogueRecord {
  /// The fields with rules of their own.
  package enum Part: Sendable {
    case name, kind, copies, originals, photocopies, necessity, medium, when
  }

  /// Every field, in the order of a comparison.
  package static let fields: [CatalogueField<Material>] = [
    .init("name", .material, .own(.name)),
    .init("kind", .kind, label: "份数", .own(.kind)),
    .init("copies", .copies, after: .obtain, .own(.copies)),
    .init("original_copies", .originals, after: .copies, .own(.originals)),
    .init("photocopies", .photocopies, after: .originals, .own(.photocopies)),
    .init("necessity", or: ["required"], .necessity, label: "必要性", .own(.necessity)),
    .init("medium", .medium, after: .kind, label: "形式", .own(.medium)),
    .init("size", .size, after: .photocopies, label: "规格", .text(\.size, atMost: 20)),
    .init(
      "electronic_ok", .electronic, after: .materialBasis, label: "电子证照",
      .flag(\.electronicAccepted, yes: "可用", no: "不可用")),
    .init("shared", .shared, after: .electronic, label: "数据共享", .flag(\.shared, yes: "可查", no: "不可查")),
    .init("source", .source, label: "来源", .text(\.source)),
    .init("obtain", .obtain, label: "取得方式", .text(\.obtain)),
    .init("standard", .standard, columns: [.standard, .blank], label: "要求", .text(\.standard)),
    .init("basis", .materialBasis, label: "依据", .text(\.basis)),
    .init("when", .when, label: "情形", .own(.when)),
    .init("any_of", .anyOf, .texts(\.anyOf, atMost: 120, .lines)),
    .init("one_of", .oneOf, .text(\.oneOf, atMost: 60)),
    .init("note", .materialNote, label: "说明", .text(\.note)),
  ]
}
