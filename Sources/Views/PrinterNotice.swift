package import Groundwork
package import Hall

/// A kiosk's printer as health and the consoles show it.
package struct PrinterNotice: Hashable, Sendable {
  package let kiosk: String
  /// The name for people; nil where none is configured.
  package let model: String?
  /// The kind of queue: `yichuang_pos`, `driverless`, `office`, `raw`, `emulated`, `undetermined`.
  package let path: String
  /// Codes of its conditions: `paper_out` …
  package let conditions: [String]
  /// Slips of an earlier run are being reconciled there.
  package let isReconciling: Bool
  package let last: AttemptOutcome?
  package let lastAt: Timestamp?
  package let roll: PaperRoll
  /// Estimates; nil where no model gives the length of a roll.
  package let millimetresLeft: Int?
  package let slipsLeft: Int?

  package init(
    kiosk: String, model: String?, path: String, conditions: [String], isReconciling: Bool, last: AttemptOutcome?,
    lastAt: Timestamp?, roll: PaperRoll, millimetresLeft: Int?, slipsLeft: Int?
  ) {
    self.kiosk = kiosk
    self.model = model
    self.path = path
    self.conditions = conditions
    self.isReconciling = isReconciling
    self.last = last
    self.lastAt = lastAt
    self.roll = roll
    self.millimetresLeft = millimetresLeft
    self.slipsLeft = slipsLeft
  }
}

extension HallViews {
  /// The printers of the kiosks, for staff and monitoring.
  package func printers(_ printers: [PrinterNotice], into json: inout JSONText) {
    json.array("printers", printers) { json, printer in
      json.object { json in
        json.field("kiosk", printer.kiosk)
        json.field("model", printer.model)
        json.field("path", printer.path)
        json.strings("conditions", printer.conditions)
        json.field("reconciling", printer.isReconciling)
        last(printer, into: &json)
        json.object("roll") { json in
          json.field("slips", printer.roll.slips)
          json.field("millimetres", printer.roll.millimetres)
          json.field("changed_at", printer.roll.changedAt.map(rules.zone.rfc3339))
          json.field("millimetres_left", printer.millimetresLeft)
          json.field("slips_left", printer.slipsLeft)
        }
      }
    }
  }

  private func last(_ printer: PrinterNotice, into json: inout JSONText) {
    guard let last = printer.last else {
      json.null("last")
      return
    }
    json.object("last") { json in
      switch last {
      case .printed(.accepted): json.field("outcome", "sent")
      case .printed: json.field("outcome", "printed")
      case .notSent: json.field("outcome", "not_sent")
      case .unknown: json.field("outcome", "unknown")
      }
      if case .printed(let evidence) = last {
        json.field("evidence", "E\(evidence.rawValue)")
      } else {
        json.null("evidence")
      }
      json.field("at", printer.lastAt.map(rules.zone.rfc3339))
    }
  }
}
