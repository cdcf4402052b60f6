import Hall
import YAMLDocuments

/// The Chinese headings (GB/T 39554.2) of a catalogue's keys.
///
/// One key has different headings in different tables: the `name` of a material is 材料名称 and that of an item 事项名称.
extension FieldNames {
  static let ofItem = FieldNames(SheetColumn.ofItemKey.mapValues(\.heading))
  static let ofMaterial = FieldNames(SheetColumn.ofMaterialKey.mapValues(\.heading))
  static let ofBundle = FieldNames([
    "code": "“一件事”编码", "name": "“一件事”名称", "items": "“一件事”事项", "note": "“一件事”说明",
  ])
}

/// The column for a key.
extension SheetColumn {
  static let ofItemKey = byKey(Material.fields).merging(byKey(Item.fields)) { $1 }
  static let ofMaterialKey = byKey(Item.fields).merging(byKey(Material.fields)) { $1 }

  private static func byKey<Record>(_ fields: [CatalogueField<Record>]) -> [String: SheetColumn] {
    let pairs = fields.flatMap { field in ([field.key] + field.otherKeys).map { ($0, field.column) } }
    return Dictionary(pairs) { first, _ in first }
  }
}
