import YAMLDocuments

/// The Chinese headings (GB/T 39554.2) of a catalogue's keys.
///
/// One key has different headings in different tables: the `name` of a material is 材料名称 and that of an item 事项名称.
extension FieldNames {
  static let ofItem = FieldNames(SheetColumn.ofItem.mapValues(\.rawValue))
  static let ofMaterial = FieldNames(SheetColumn.ofMaterial.mapValues(\.rawValue))
  static let ofBundle = FieldNames([
    "code": "“一件事”编码", "name": "“一件事”名称", "items": "“一件事”事项", "note": "“一件事”说明",
  ])
}

/// The column for a key.
extension SheetColumn {
  static let ofMaterial = ofItem.merging(["name": .material, "note": .materialNote, "basis": .materialBasis]) { $1 }

  static let ofItem: [String: SheetColumn] = [
    "code": .code, "name": .name, "pinyin": .initials, "aliases": .aliases, "category": .category,
    "queue_group": .queueGroup, "level": .level, "handled_by": .handledBy, "directory": .directory,
    "audience": .audience, "legal_actor": .legalActor, "sensitivity": .sensitivity, "delegation": .delegation,
    "exception_basis": .exceptionBasis, "service_modes": .serviceModes, "all_city": .cityWide,
    "national_basic_code": .nationalBasicCode, "implementation_code": .implementationCode, "basis": .basis,
    "conditions": .conditions, "steps": .steps, "stages": .stages, "legal_limit": .legalLimit,
    "promised_limit": .promisedLimit, "legal_limit_working_days": .legalLimit,
    "promised_limit_working_days": .promisedLimit, "fee": .fee, "fee_basis": .feeBasis,
    "consult_phone": .consultPhone, "supervise_phone": .supervisePhone, "result": .result, "acting_body": .actingBody,
    "visits": .visits, "online": .online, "elsewhere": .elsewhere,
    "situations": .situations, "questions": .situations, "note": .note, "materials": .material, "kind": .kind,
    "medium": .medium, "necessity": .necessity, "required": .necessity, "source": .source, "obtain": .obtain,
    "copies": .copies, "original_copies": .originals, "photocopies": .photocopies, "size": .size,
    "standard": .standard, "electronic_ok": .electronic, "shared": .shared, "when": .when, "any_of": .anyOf,
    "one_of": .oneOf, "english": .english, "category_english": .categoryEnglish,
  ]
}
