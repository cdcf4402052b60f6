/// What a slip is written in. Tickets are written in both; what a law has printed (Form A) is Chinese.
package enum SlipLanguage: String, Hashable, Sendable, Codable, CaseIterable {
  case chinese = "zh"
  case english = "en"
}
