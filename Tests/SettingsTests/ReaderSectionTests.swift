import ReaderProtocols
import Settings
import Testing

// Goal: only scanners that are named in full are ever taken for keyboards. Method: the good configuration with a section more.
@Suite("readers in the configuration")
struct ReaderSectionTests {
  @Test("without the section nobody looks for devices; with it the named scanners are known")
  func section() throws {
    let scratch = try Scratch()
    #expect(try Reference.require(try scratch.configuration(ConfigurationTests.good)).readers == nil)
    let text = ConfigurationTests.good + "\nreaders:\n  keyboards: ['0c2e:0901']\n"
    let readers = try #require(try Reference.require(try scratch.configuration(text)).readers)
    #expect(readers.keyboards == [ReaderModel.Numbers(vendor: 0x0C2E, product: 0x0901)] && readers.program == nil)
    let empty = ConfigurationTests.good + "\nreaders: {program: /opt/readerd}\n"
    #expect(try Reference.require(try scratch.configuration(empty)).readers?.program == "/opt/readerd")
  }

  @Test("a whole vendor, and what is no number, is refused", arguments: ["0c2e", "0c2e:", "keyboard", "0c2e:09g1"])
  func refused(text: String) throws {
    let scratch = try Scratch()
    let loaded = try scratch.configuration(ConfigurationTests.good + "\nreaders:\n  keyboards: ['\(text)']\n")
    #expect(loaded.value == nil)
    #expect(loaded.faults.contains { $0.what.contains("“\(text)”") })
  }
}
