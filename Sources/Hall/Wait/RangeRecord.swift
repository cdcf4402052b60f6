/// Whether the hall's own ranges held: one flag for each of the latest tickets that had a range when they were called.
///
/// A range that was left out is judged like one that was told, so that the hall learns when it may tell them again.
package struct RangeRecord: Hashable, Sendable {
  /// Tickets that are judged.
  package static let kept = 200
  /// The fewest tickets from which ranges are left out.
  package static let fewest = 50
  /// Percentages of ranges that held: below the first ranges are left out, until they are above the second.
  package static let (lowest, enough) = (70, 75)

  /// True for each ticket whose wait was inside its range, newest last.
  package private(set) var marks: [Bool]
  /// False while ranges are left out, because too few of them held.
  package private(set) var isTelling: Bool

  package init(_ marks: [Bool] = [], isTelling: Bool = true) {
    self.marks = marks
    self.isTelling = isTelling
  }

  package var count: Int { marks.count }
  package var inside: Int { marks.count { $0 } }

  /// - Parameters:
  ///   - waited: milliseconds of hall time until the first call.
  package mutating func note(waited: Int64, _ minutes: ClosedRange<Int>) {
    marks.append((Int64(minutes.lowerBound) * 60_000...Int64(minutes.upperBound) * 60_000).contains(waited))
    if marks.count > Self.kept { marks.removeFirst() }
    guard count >= Self.fewest else { return }
    if inside * 100 < Self.lowest * count { isTelling = false }
    if inside * 100 > Self.enough * count { isTelling = true }
  }
}
