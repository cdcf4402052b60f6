import Groundwork
import Hall

/// The papers of a case, and what staff are reminded of.
extension CaseViews {
  /// The alarms of a case on the open business day, else on the last one: new alarms begin when a day is opened.
  func alarms(_ one: Case) -> [CaseAlarm] {
    let today = state.day?.date ?? state.days.last ?? rules.zone.civil(state.lastAt).date
    return one.alarms(on: today, by: rules.calendar)
  }

  /// The slip that was asked for last.
  func newestSlip(_ one: Case) -> SlipInHand? {
    one.numbers.compactMap { one.slip(of: $0) }.compactMap { state.print.slips[$0] }
      .max { $0.requestedSequence < $1.requestedSequence }
  }

  func later(_ one: Case, into json: inout JSONText) {
    json.strings("alarms", alarms(one).map(\.rawValue))
    json.array("slips", one.numbers) { json, number in
      let paper = one.paper(number)
      json.object { json in
        json.field("number", number.description)
        json.field("title", one.title(of: number))
        json.field("void", paper?.isVoid ?? false)
        json.field("untold", one.untold.contains { $0.number == number })
        HallViews(state, rules).slip(one.slip(of: number), key: "slip", into: &json)
      }
    }
    json.field("delivered_on", one.deliveredOn?.description)
    json.field("explained", one.explained?.text)
    json.strings("further", one.furtherAsked.compactMap(\.material))
    json.array("fixes", one.fixes) { json, fix in
      json.object { json in
        json.field("field", fix.field.rawValue)
        json.field("material", fix.material)
        json.field("second", fix.second)
      }
    }
  }
}
