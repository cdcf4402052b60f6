import Groundwork
package import Hall

/// Hand-over lists (交接清单) as JSON.
extension CaseViews {
  /// Departments with cases that are on no list yet, and the lists that are kept, the newest first.
  package func handovers(into json: inout JSONText) {
    let departments = Set(state.cases.known.values.compactMap { $0.stage == .forwarded ? $0.department : nil }).sorted()
    let waiting = departments.map { ($0, state.cases.unlisted($0).count) }.filter { $0.1 > 0 }
    json.object { json in
      json.array("waiting", waiting) { json, department in
        json.object { json in
          json.field("department", department.0)
          json.field("count", department.1)
        }
      }
      json.array("lists", state.cases.lists.values.sorted { newer($0, $1) }) { json, list in
        json.object { fields(of: list, into: &$0) }
      }
    }
  }

  private func newer(_ one: HandoverList, _ other: HandoverList) -> Bool {
    one.issued.number.description > other.issued.number.description
  }

  package func fields(of list: HandoverList, into json: inout JSONText) {
    json.field("is", "handover_list")
    json.field("id", list.issued.code.description)
    json.field("number", list.issued.number.description)
    json.field("date", list.issued.number.date.description)
    json.field("department", list.issued.department)
    json.strings("cases", list.issued.cases.map(\.description))
    HallViews(state, rules).slip(list.slip, key: "slip", into: &json)
  }
}
