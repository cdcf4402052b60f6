import CatalogueFiles
import FileKit
import Hall
import Testing
import YAMLDocuments

/// Shared by the tests of the catalogue's file.
enum CatalogueSample {
  /// A good item of a village, without its last line break.
  static let village = """
    - code: A-2
      name: 高龄津贴申请
      category: 养老服务
      level: village
      handled_by: agent
      directory: agency
      queue_group: 民政救助
      basis: [法]
      materials: none
      steps: [登记]
      promised_limit: {n: 1, unit: month}
      fee: 不收费
      consult_phone: '@hall'
      supervise_phone: '12345'
      conditions: [年满80周岁]
      legal_limit: none
    """

  static func read(_ text: String) throws -> Loaded<Catalogue> {
    CatalogueFile.read(text, file: "c.yaml", pinyin: try Reference.pinyin(), sealing: TellApart())
      .inBothLanguages()
  }
}

extension Edit {
  /// As `check`, and in Chinese too: an office reads what is wrong with its table.
  func checkForOffices(_ faults: [FileFault], line: Int) {
    check(faults, line: line)
    for fault in faults { fault.checkChinese() }
  }
}
