/// Sizes of a slip's letters in dots of the em square at 203 dpi (8 dots are 1 mm).
///
/// Floors: names of materials 34, details 28, anything 24; in 大字 anything 48. The number's figures are 160 dots high
/// in ink, not in their em square.
struct TypeScale: Hashable, Sendable {
  let heading: Int
  let title: Int
  /// Height of the figures of the ticket number, in ink.
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
  /// Dots a module of the QR code.
  let module: Int
  /// From one line to the next, in ems.
  let leading: Double
  /// White at the left and right edge.
  let margin: Int

  init(widthDots: Int, large: Bool) {
    let wide = widthDots >= 512
    if widthDots >= Sheet.columnDots {
      (heading, title, numberInk, subject, lead, call) = large ? (56, 84, 168, 72, 56, 56) : (42, 70, 168, 56, 42, 42)
      (body, section, name, detail, fine) = large ? (50, 52, 58, 48, 48) : (34, 36, 42, 32, 28)
      module = 6
      margin = 8
      leading = 1.3
      return
    }
    switch (wide, large) {
    case (true, false):
      (heading, title, numberInk, subject, lead, call) = (36, 56, 168, 46, 36, 42)
      (body, section, name, detail, fine) = (30, 32, 38, 28, 24)
    case (true, true):
      (heading, title, numberInk, subject, lead, call) = (48, 72, 164, 60, 50, 50)
      (body, section, name, detail, fine) = (48, 48, 54, 48, 48)
    case (false, false):
      (heading, title, numberInk, subject, lead, call) = (34, 48, 164, 40, 34, 36)
      (body, section, name, detail, fine) = (28, 30, 36, 28, 24)
    case (false, true):
      (heading, title, numberInk, subject, lead, call) = (48, 60, 164, 54, 50, 50)
      (body, section, name, detail, fine) = (48, 48, 52, 48, 48)
    }
    // 0.75 mm and 0.63 mm: both within what the halls' scanners resolve. 大字 needs the room beside the code.
    module = wide && !large ? 6 : 5
    margin = 8
    leading = large ? 1.19 : 1.25
  }
}
