package import Groundwork
package import Hall

/// A refusal in a sentence for the operator: what it is, and what to do.
package struct RefusalSentence: Sendable {
  package let chinese: String
  package let english: String

  package init(_ refusal: Refusal, zone: ZoneOffset) {
    let problem = Problem(refusal, zone: zone)
    chinese = "\(problem.title.chinese)：\(problem.detail.chinese)"
    english = "\(problem.title.english): \(problem.detail.english)"
  }
}
