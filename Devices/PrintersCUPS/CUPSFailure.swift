import CCUPS

/// Why a request to the scheduler or to a printer came to nothing.
enum CUPSFailure: Error {
  /// No answer: it is not there, does not speak, or the connection broke on the way.
  case noAnswer(String)
  /// It answered with an error; `status` is the IPP `status-code`.
  case refused(status: Int32, String)
  /// It refused the document itself, in HTTP, before it came to IPP: cupsd does so when its spool has no space.
  case documentRefused(httpStatus: UInt32, String)

  var isNotFound: Bool {
    if case .refused(let status, _) = self { status == IPP_STATUS_ERROR_NOT_FOUND.rawValue } else { false }
  }

  /// For the operator: what failed, and the words of libcups.
  var detail: String {
    switch self {
    case .noAnswer(let text): text
    case .refused(let status, let text): "\(text) (0x\(String(status, radix: 16)))"
    case .documentRefused(let status, let text): "\(text) (HTTP \(status))"
    }
  }

  /// The last error of libcups on this thread; to be read before anything else is called.
  static func last(_ operation: String) -> CUPSFailure {
    let status = cupsLastError()
    let text = operation + ": " + (cupsLastErrorString().map { String(cString: $0) } ?? "no answer")
    let refusals = [
      IPP_STATUS_ERROR_FORBIDDEN, IPP_STATUS_ERROR_NOT_AUTHENTICATED, IPP_STATUS_ERROR_NOT_AUTHORIZED,
    ]
    return refusals.contains(status) ? .refused(status: status.rawValue, text) : .noAnswer(text)
  }
}
