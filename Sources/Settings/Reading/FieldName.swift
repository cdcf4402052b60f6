/// What offices call a field of the catalogue: the heading of its column (GB/T 39554.2), with the file's own key beside it.
enum FieldName {
  /// 收费标准（fee）, or “key” where no column stands for it.
  static func of(_ key: String) -> String {
    columns[key].map { "\($0.rawValue)（\(key)）" } ?? "“\(key)”"
  }

  /// The column that stands for a key of the file.
  static func column(_ key: String) -> SheetColumn? { columns[key] }

  private static let columns: [String: SheetColumn] = [
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
