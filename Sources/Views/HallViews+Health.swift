import ReaderProtocols
import Groundwork
import Hall
package import Ports

/// What health shows: faults, printers, readers.
extension HallViews {
  /// The printers of the kiosks, for staff and monitoring.
  package func printers(_ printers: [PresentPrinter], into json: inout JSONText) {
    json.array("printers", printers) { json, printer in
      json.object { json in
        json.field("kiosk", printer.kiosk)
        json.field("model", printer.model)
        json.field("path", printer.path.word)
        json.strings("conditions", printer.conditions.codes)
        json.field("reconciling", printer.isReconciling)
        last(printer.last, into: &json)
        json.object("roll") { json in
          json.field("slips", printer.roll.slips)
          json.field("millimetres", printer.roll.millimetres)
          json.field("changed_at", printer.roll.changedAt.map(rules.zone.rfc3339))
          json.field("millimetres_left", printer.forecast?.millimetresLeft)
          json.field("slips_left", printer.forecast?.slipsLeft)
        }
      }
    }
  }

  private func last(_ last: PresentPrinter.LastAttempt?, into json: inout JSONText) {
    guard let last else {
      json.null("last")
      return
    }
    json.object("last") { json in
      switch last.outcome {
      case .printed(.accepted): json.field("outcome", "sent")
      case .printed: json.field("outcome", "printed")
      case .notSent: json.field("outcome", "not_sent")
      case .unknown: json.field("outcome", "unknown")
      }
      if case .printed(let evidence) = last.outcome {
        json.field("evidence", "E\(evidence.rawValue)")
      } else {
        json.null("evidence")
      }
      json.field("at", rules.zone.rfc3339(last.at))
    }
  }

  package func faults(_ faults: [PresentFault], into json: inout JSONText) {
    json.array("faults", faults) { json, fault in
      json.object { json in
        json.field("code", fault.code.rawValue)
        json.field("kiosk", fault.kiosk)
        json.field("since", rules.zone.rfc3339(fault.since))
        json.field("stops", fault.code.stops?.rawValue)
        if fault.remedy.isEmpty {
          json.null("remedy")
        } else {
          json.object("remedy") { json in
            for (language, words) in fault.remedy.sorted(by: { $0.key < $1.key }) { json.field(language, words) }
          }
        }
      }
    }
  }
}

extension PresentReader {
  /// `"readers":[{"kind","name","condition"}]`.
  package static func write(_ readers: [PresentReader], into json: inout JSONText) {
    json.array("readers", readers) { json, reader in
      json.object { json in
        json.field("kind", reader.kind.rawValue)
        json.field("name", reader.name)
        json.field("condition", reader.condition?.rawValue)
      }
    }
  }
}
