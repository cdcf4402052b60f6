import Foundation
import Testing

@Suite("rules on pages catch what they should and nothing else")
struct PageRuleTests {
  @Test(
    "code inside a page is caught",
    arguments: [
      "<script>go()</script>", "<script type=\"module\">go()</script>", "<style>p {}</style>",
      "<p style=\"color:red\">", "<button onclick=\"go()\">", "<a href=\"javascript:go()\">", "<BODY ONLOAD=go()>",
    ])
  func inline(page: String) { #expect(PageRules.inlineCode(inPage: page, file: "a.html").count == 1) }

  @Test(
    "a page whose code is in files passes",
    arguments: [
      "<script type=\"module\" src=\"touch.js\"></script>", "<link rel=\"stylesheet\" href=\"touch.css\">",
      "<p class=\"style\">one = 1</p>",
    ])
  func files(page: String) { #expect(PageRules.inlineCode(inPage: page, file: "a.html").isEmpty) }

  @Test(
    "an address elsewhere is caught",
    arguments: [
      "<img src=\"https://example.org/a.png\">", "fetch('http://example.org')", "<script src=\"//example.org/a.js\">",
      "@import url(//example.org/a.css)", "new WebSocket(\"wss://example.org\")",
    ])
  func elsewhere(text: String) { #expect(PageRules.foreignAddresses(in: text, file: "a").count == 1) }

  @Test(
    "the hall's own addresses pass",
    arguments: [
      "<img src=\"/shared/a.png\">", "fetch(`/v1/items?q=${q}`)", "xmlns=\"http://www.w3.org/2000/svg\"",
      "// a comment", "url(\"/shared/a.woff2\")",
    ])
  func own(text: String) { #expect(PageRules.foreignAddresses(in: text, file: "a").isEmpty) }

  @Test("markup made of text is caught", arguments: ["e.innerHTML = name", "eval(\"1\")", "document.write(x)"])
  func markup(text: String) { #expect(PageRules.markupFromText(in: text, file: "a.js").count == 1) }

  @Test("text set as text passes")
  func text() { #expect(PageRules.markupFromText(in: "e.textContent = evaluate(name)", file: "a.js").isEmpty) }

  @Test(
    "the wall clock of a page's machine is caught however it is asked",
    arguments: [
      "const since = Date.now() - start;", "Date . now()", "const clock = Date.now;", "new Date()",
      "new Date( ) - then",
      "new Date", "new Date;", "Number(new Date)",
    ])
  func wallClock(text: String) { #expect(PageRules.wallClock(in: text, file: "a.js").count == 1) }

  @Test(
    "monotonic time and given moments pass",
    arguments: [
      "performance.now() - start", "new Date(milliseconds)", "new Date( at )", "Date.parse(at)", "updateDate()",
      "Date.UTC(2026, 10, 23)",
    ])
  func monotonic(text: String) { #expect(PageRules.wallClock(in: text, file: "a.js").isEmpty) }

  @Test("a key that one language lacks is named, at any depth")
  func keys() throws {
    let missing = try PageRules.missingKeys(
      Data(#"{"a": "1", "b": {"c": "2"}}"#.utf8), Data(#"{"a": "1", "b": {"d": "2"}}"#.utf8))
    #expect(missing.inFirst == ["b.d"])
    #expect(missing.inSecond == ["b.c"])
  }
}
