package import Hall
package import Settings

/// What setup asks about a hall; the rest of a configuration has defaults or is edited by hand.
package struct SetupAnswers: Sendable {
  /// The first question. A replacement machine must not give numbers again that a broken machine has given.
  package enum Machine: String, Sendable, CaseIterable { case new, replacement }

  package struct Windows: Hashable, Sendable {
    package var comprehensive: Int
    package var police: Int
    package var pickUp: Int

    package init(comprehensive: Int, police: Int, pickUp: Int) {
      self.comprehensive = comprehensive
      self.police = police
      self.pickUp = pickUp
    }
  }

  package enum Hours: Hashable, Sendable {
    /// On working days, in order: `09:00-12:00`.
    case sessions([String])
    case always
  }

  package enum Printer: Hashable, Sendable {
    case none
    /// As the present configuration has it.
    case asItIs
    /// An address as `yichuangctl printer setup --device` takes it, and the id of a model.
    case device(String, model: String)
  }

  package struct Kiosk: Hashable, Sendable {
    /// nil for the name that it has, or gets by its number.
    package var name: String?
    package var printer: Printer

    package init(name: String? = nil, printer: Printer) {
      self.name = name
      self.printer = printer
    }
  }

  package struct Member: Hashable, Sendable {
    package let badge: String
    package let name: String
    package let role: StaffSettings.Role

    package init(badge: String, name: String, role: StaffSettings.Role) {
      self.badge = badge
      self.name = name
      self.role = role
    }
  }

  package enum Catalogue: Hashable, Sendable {
    /// The present catalogue; at the first setup the packaged one.
    case packaged
    /// A table (CSV) to be imported, or a catalogue (YAML) to be copied.
    case file(String)
  }

  package struct Backup: Hashable, Sendable {
    /// A public key: `age1…`.
    package let recipient: String
    /// A folder, `stick:LABEL`, or `sftp://USER@HOST/FOLDER`.
    package let target: String
  }

  package var machine: Machine
  package var division: Division
  package var address: String
  package var hours: Hours
  /// Opening hours in words; derived from the sessions when nil.
  package var hoursText: String?
  package var consultPhone: String
  package var supervisePhone: String
  package var windows: Windows
  package var kiosks: [Kiosk]
  /// Whether this machine's own screen is the first kiosk's.
  package var screen: Bool
  /// Whether card readers and scanners are looked for; a section that is there stays in any case.
  package var readers: Bool
  package var staff: [Member]
  package var catalogue: Catalogue
  /// The address under which consoles and boards on other machines reach this one; nil for none.
  package var certificateAddress: String?
  package var backup: Backup?
  /// The line of each answer in its file; empty for answers that were typed.
  package var lines: [SetupKey: Int] = [:]

  package init(
    machine: Machine, division: Division, address: String, hours: Hours, hoursText: String? = nil, consultPhone: String,
    supervisePhone: String, windows: Windows, kiosks: [Kiosk], screen: Bool = false, readers: Bool, staff: [Member],
    catalogue: Catalogue,
    certificateAddress: String?, backup: Backup?
  ) {
    self.machine = machine
    self.division = division
    self.address = address
    self.hours = hours
    self.hoursText = hoursText
    self.consultPhone = consultPhone
    self.supervisePhone = supervisePhone
    self.windows = windows
    self.kiosks = kiosks
    self.screen = screen
    self.readers = readers
    self.staff = staff
    self.catalogue = catalogue
    self.certificateAddress = certificateAddress
    self.backup = backup
  }

  /// Opening hours in words, as slips have them.
  package var hoursInWords: String {
    switch (hoursText, hours) {
    case (let text?, _): text
    case (nil, .always): "全天"
    case (nil, .sessions(let sessions)): "工作日 " + sessions.map(Self.withoutZero).joined(separator: "，")
    }
  }

  /// 09:00-12:00 as 9:00-12:00.
  private static func withoutZero(_ session: String) -> String {
    session.hasPrefix("0") ? String(session.dropFirst()) : session
  }
}

/// The keys of a file of answers, in the order of the questions.
package enum SetupKey: String, Hashable, Sendable, CaseIterable {
  case machine, division, address, hours
  case hoursText = "hours_text"
  case consultPhone = "consult_phone"
  case supervisePhone = "supervise_phone"
  case windows, kiosks, screen, readers, staff, catalogue, certificates, backup
}
