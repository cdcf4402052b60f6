import FileKit
import Hall
import Settings
import Testing
import YAMLDocuments

@Suite("files of holidays and divisions")
struct CalendarFileTests {
  static let holidays = """
    years:
      2026:
        papers: ['https://www.gov.cn/…']
        'off':
        - {date: '2026-01-01', name: 元旦}
        - {date: 2026-10-01, name: 国庆节}
        workdays_on_weekend: ['2026-01-04']
    """

  @Test(
    "one wrong thing in the holidays is one fault at its line",
    arguments: [
      Edit("2026:", "next:", says: "not a year"), Edit("2026-10-01", "2026-02-30", says: "not a date"),
      Edit("'2026-01-01'", "'2036-01-01'", says: "does not belong"), Edit(", name: 元旦", "", says: "`name` is missing"),
      Edit("2026-10-01", "2026-01-01", says: "off twice"), Edit("'2026-01-04'", "'2026-01-05'", says: "no Saturday"),
      Edit("['2026-01-04']", "['2026-01-04', '2026-01-04']", says: "worked twice"),
      Edit("'2026-01-01'", "'2026-01-04'", says: "off and worked", below: 2),
      Edit("'off':", "of:", says: "`of` is not known"), Edit("years:", "year: 1\nyears:", says: "`year` is not known"),
      Edit("{date: '2026-01-01', name: 元旦}", "元旦", says: "should be a table"),
    ])
  func holidayFault(edit: Edit) throws {
    #expect(HolidayFile.read(Self.holidays, file: "h").faults.isEmpty)
    let (text, line) = try edit.applied(to: Self.holidays)
    // A list whose key is misspelt is reported as missing too.
    let faults = HolidayFile.read(text, file: "h").faults.filter { !($0.what == "`off` is missing") }
    edit.check(faults, line: line)
  }

  static let divisions = """
    code,name,kind,pilot_2023
    # a town
    500151105,安居镇,town,yes
    500151117201,样板社区,community,no
    """

  @Test(
    "one wrong thing in the divisions is one fault at its line",
    arguments: [
      Edit("code,name", "name,code", says: "heading"), Edit("500151105", "50015110", says: "“50015110”"),
      Edit("500151117201", "500151117", says: "“500151117”"), Edit("town,yes", "city,yes", says: "“city”"),
      Edit("town,yes", "town,maybe", says: "“maybe”"), Edit(",安居镇,", ",,", says: "blank"),
      Edit("town,yes", "town", says: "3 columns"), Edit("# a town", "500151105,安居镇,town,yes", says: "twice", below: 1),
    ])
  func divisionFault(edit: Edit) throws {
    #expect(DivisionFile.read(Self.divisions, file: "d").value?.count == 2)
    let (text, line) = try edit.applied(to: Self.divisions)
    edit.check(DivisionFile.read(text, file: "d").faults, line: line)
  }

  @Test("a byte order mark and CRLF do no harm to a table of divisions")
  func windows() {
    let csv = DivisionFile.read("code,name,kind,pilot_2023\r\n500151105,安居镇,town,yes\r\n", file: "d.csv")
    #expect(csv.value?.map(\.name) == ["安居镇"])
  }
}
