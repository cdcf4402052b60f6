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
}
