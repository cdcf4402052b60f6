import Foundation
import Testing

/// Goal: one version everywhere. Method: the constant of the programs beside the newest entry of the package's changelog.
@Suite("the product has one version")
struct ProductVersionTests {
  @Test("what the programs say is what the package is called")
  func sameEverywhere() throws {
    let source = try Tree.text("Sources/Groundwork/ProductVersion.swift")
    let changelog = try Tree.text("packaging/debian/changelog")
    let constant = try #require(source.firstMatch(of: /current = "(\d+\.\d+\.\d+)"/))
    let entry = try #require(changelog.firstMatch(of: /^yichuang \(([^)]+)\)/))
    #expect(constant.1 == entry.1)
  }

  @Test("the date before which no clock is believed is the date of the package")
  func date() throws {
    let source = try Tree.text("Sources/Groundwork/ProductVersion.swift")
    let changelog = try Tree.text("packaging/debian/changelog")
    let days = try #require(source.firstMatch(of: #/daysSinceEpoch: ([\d_]+)\)  // (\S+)/#))
    let trailer = try #require(changelog.firstMatch(of: #/\n -- .*>  \w+, (\d+ \w+ \d+) /#))
    let form = DateFormatter()
    form.locale = Locale(identifier: "en_US_POSIX")
    form.timeZone = TimeZone(secondsFromGMT: 0)
    form.dateFormat = "d MMM yyyy"
    let made = try #require(form.date(from: String(trailer.1)))
    #expect(days.1.replacing("_", with: "") == "\(Int(made.timeIntervalSince1970 / 86_400))")
    form.dateFormat = "yyyy-MM-dd"
    #expect(form.string(from: made) == days.2)
  }
}
