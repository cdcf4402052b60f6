/// Sizes of a slip's letters in dots of the em square at 203 dpi (8 dots are 1 mm).
///
/// Minimum sizes: names of materials 34, details 28, anything 24; text that 大字 enlarges 48, the details of a paper to
/// bring 36. The ticket number's digits are 160 dots high in ink, not in their em square.
struct TypeScale: Hashable, Sendable {
  let heading: Int
  let title: Int
  /// Height of the ticket number's digits, in ink.
  let numberInk: Int
  let subject: Int
  let lead: Int
  /// The two lines under the ticket number.
  let call: Int
  let body: Int
  let section: Int
  let name: Int
  let detail: Int
  let fine: Int
  /// Dots per module of the QR code.
  let module: Int
  /// From one line to the next, in ems.
  let leading: Double
  /// Dots of the left and right margin.
  let margin: Int

  /// How close the letters stand: `open` where there is room; the others where a sheet or a ticket would grow past its
  /// end. The minimum sizes hold in each.
  enum Density: Int, CaseIterable { case open, close, closest }

  init(widthDots: Int, large: Bool, density: Density = .open) {
    let wide = widthDots >= 512
    if widthDots >= Sheet.columnDots {
      switch (density, large) {
      case (.open, false):
        (heading, title, numberInk, subject, lead, call) = (42, 70, 168, 56, 42, 42)
        (body, section, name, detail, fine) = (34, 36, 42, 32, 28)
      case (.close, false):
        (heading, title, numberInk, subject, lead, call) = (38, 58, 168, 48, 38, 38)
        (body, section, name, detail, fine) = (30, 32, 38, 28, 26)
      case (.closest, false):
        (heading, title, numberInk, subject, lead, call) = (36, 50, 168, 44, 36, 36)
        (body, section, name, detail, fine) = (28, 30, 34, 28, 24)
      case (.open, true):
        (heading, title, numberInk, subject, lead, call) = (56, 84, 168, 72, 56, 56)
        (body, section, name, detail, fine) = (50, 52, 58, 40, 48)
      case (_, true):
        (heading, title, numberInk, subject, lead, call) = (48, 72, 168, 60, 50, 50)
        (body, section, name, detail, fine) = (48, 48, 50, 36, 48)
      }
      module = density == .open ? 6 : 5
      margin = 8
      leading = density == .open ? 1.3 : density == .close ? 1.22 : 1.18
      return
    }
    switch (wide, large) {
    case (true, false):
      (heading, title, numberInk, subject, lead, call) = (36, 56, 168, 46, 36, 42)
      (body, section, name, detail, fine) = (30, 32, 38, 28, 24)
    case (true, true):
      (heading, title, numberInk, subject, lead, call) = (48, 72, 164, 60, 50, 50)
      (body, section, name, detail, fine) = (48, 48, 54, 36, 48)
    case (false, false):
      (heading, title, numberInk, subject, lead, call) = (34, 48, 164, 40, 34, density == .open ? 36 : 32)
      (body, section, name, detail, fine) = (28, 30, 36, 28, 24)
    case (false, true):
      (heading, title, numberInk, subject, lead, call) = (48, 60, 164, 54, 50, density == .open ? 50 : 44)
      (body, section, name, detail, fine) = (48, 48, 52, 36, 48)
    }
    // 0.75 mm and 0.63 mm: the halls' scanners resolve both. 大字 needs the room beside the code.
    module = wide && !large ? 6 : 5
    margin = 8
    leading = large ? 1.19 : 1.25
  }
}
