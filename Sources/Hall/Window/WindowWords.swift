/// Window numbers in words.
package enum WindowWords {
  /// `1、2、5`, with runs of three and more contracted: `1 至 4`.
  package static func list(_ numbers: [Int]) -> String {
    var runs: [ClosedRange<Int>] = []
    for number in Set(numbers).sorted() {
      if let last = runs.last, last.upperBound + 1 == number {
        runs[runs.count - 1] = last.lowerBound...number
      } else {
        runs.append(number...number)
      }
    }
    return runs.flatMap { run in
      run.count >= 3 ? ["\(run.lowerBound) 至 \(run.upperBound)"] : run.map(String.init)
    }.joined(separator: "、")
  }
}
