import FileKit
import ReaderProtocols
import Settings
import Testing
import YAMLDocuments

// Goal: only scanners that are fully named are claimed as keyboards. Method: the good configuration with one more
// section.
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

  @Test("each device belongs to the kiosk that its line names, by place or by number")
  func belongings() throws {
    let scratch = try Scratch()
    let text =
      ConfigurationTests.good + """

        readers:
          places:
          - {at: 1-2, kiosk: kiosk-1}
          - {at: '2-1.4.3', kiosk: kiosk-2}
          - {serial: 05.03-20190101-0000000001-0000000000, kiosk: kiosk-2}
        """
    let loaded = try scratch.configuration(text)
    let all = try #require(try Reference.require(loaded).readers).belongings
    #expect(all.map(\.kiosk) == ["kiosk-1", "kiosk-2", "kiosk-2"] && all[0].device == .at("1-2"))
    func whose(_ place: String, _ serial: String? = nil) -> String? {
      ReaderBelonging.kiosk(of: place, serial: serial, all)
    }
    let number = "05.03-20190101-0000000001-0000000000"
    #expect(whose("1-2") == "kiosk-1" && whose("1-2", number) == "kiosk-1" && whose("1-9", number) == "kiosk-2")
    #expect(whose("1-9") == nil && whose("1-9", "S1") == nil)
  }

  @Test("several kiosks and no word on whose devices are whose is worth a warning")
  func nobodys() throws {
    let loaded = try Scratch().configuration(ConfigurationTests.good + "\nreaders: {}\n")
    #expect(loaded.faults.isEmpty && loaded.warnings.contains { $0.what.contains("the readers of 2 kiosks") })
  }

  @Test(
    "a line that cannot hold is refused where it stands, with what to do",
    arguments: [
      ("{at: 1-2, kiosk: kiosk-9}", "no kiosk is “kiosk-9”", "kiosk-1, kiosk-2"),
      ("{at: 1-1, kiosk: kiosk-2}", "the place 1-1 stands here for kiosk-1 and for kiosk-2", "one kiosk"),
      ("{at: 1-1, kiosk: kiosk-1}", "the place 1-1 stands here twice for kiosk-1", "keep one line"),
      ("{serial: S1, kiosk: kiosk-2}", "the device S1 stands here for kiosk-1 and for kiosk-2", "keep one line"),
      ("{at: usb1, kiosk: kiosk-1}", "`at` is “usb1”", "yichuangctl devices"),
      ("{at: 1-2., kiosk: kiosk-1}", "`at` is “1-2.”", "yichuangctl devices"),
      ("{kiosk: kiosk-1}", "which device is meant is missing", "`at:`"),
      ("{at: 1-2, serial: S2, kiosk: kiosk-1}", "both stand here", "keep one"),
      ("{at: 1-2}", "`kiosk` is missing", "kiosk"), ("{at: 1-2, kiosk: kiosk-1, bus: 1}", "`bus` is not known", ""),
    ])
  func refusedPlaces(entry: String, what: String, remedy: String) throws {
    let before =
      ConfigurationTests.good
      + "\nreaders:\n  places:\n  - {at: 1-1, kiosk: kiosk-1}\n  - {serial: S1, kiosk: kiosk-1}\n"
    let line = before.split(separator: "\n", omittingEmptySubsequences: false).count
    let loaded = try Scratch().configuration(before + "  - \(entry)\n")
    #expect(loaded.value == nil)
    let fault = try #require(loaded.faults.first { $0.what.contains(what) }, "\(loaded.faults)")
    #expect(fault.line == line && fault.remedy.contains(remedy), "\(fault)")
  }

  @Test("a whole vendor, and what is no number, is refused", arguments: ["0c2e", "0c2e:", "keyboard", "0c2e:09g1"])
  func refused(text: String) throws {
    let scratch = try Scratch()
    let loaded = try scratch.configuration(ConfigurationTests.good + "\nreaders:\n  keyboards: ['\(text)']\n")
    #expect(loaded.value == nil)
    #expect(loaded.faults.contains { $0.what.contains("“\(text)”") })
  }
}
