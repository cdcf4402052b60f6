/// The language of a slip. Tickets exist in both; Form A, which the law prescribes, is Chinese.
package enum SlipLanguage: String, Hashable, Sendable, Codable, CaseIterable {
  case chinese = "zh"
  case english = "en"
}
