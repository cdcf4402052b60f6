import Testing

@testable import Accounts

/// Goal: guessing is slow from wherever it comes, and delays nobody who is known. Method: the throttle alone, over times
/// that the test gives.
@Suite("The throttle of sign-ins")
struct SignInThrottleTests {
  private typealias Client = SignInThrottle.Client

  @Test("made-up badges of one address delay that address, and no known console")
  func source() {
    var throttle = SignInThrottle()
    for number in 0..<SignInThrottle.freeOfClient {
      throttle.fail("ZZ\(number)", isReal: false, .source("10.0.0.9"), now: 0)
    }
    #expect(throttle.wait("ZZ99", isReal: false, .source("10.0.0.9"), now: 0) == 1_000)
    #expect(throttle.wait("AJ001", isReal: true, .source("10.0.0.9"), now: 0) == 1_000)
    #expect(throttle.wait("AJ001", isReal: true, .source("10.0.0.8"), now: 0) == nil)
    #expect(throttle.wait("AJ001", isReal: true, .console("n"), now: 0) == nil)
    for number in 0..<20 { throttle.fail("YY\(number)", isReal: false, .source("10.0.0.9"), now: 0) }
    #expect(throttle.wait("AJ001", isReal: true, .source("10.0.0.9"), now: 0) == SignInThrottle.longestWaitOfClient)
  }

  @Test("thousands of made-up badges and addresses make only the oldest entries leave")
  func oldestLeaves() {
    var throttle = SignInThrottle()
    for _ in 0..<6 { throttle.fail("AJ001", isReal: true, .console("n"), now: 100_000) }
    for _ in 0..<6 { throttle.fail("AJ001", isReal: true, .source("10.0.0.9"), now: 99_999) }
    // The flood of another address touches nobody's entry; the same address only loses its own oldest badges.
    for number in 0..<5_000 { throttle.fail("ZZ\(number)", isReal: false, .source("10.0.0.8"), now: 100_000) }
    #expect(throttle.wait("AJ001", isReal: true, .source("10.0.0.9"), now: 100_000) == SignInThrottle.lock - 1)
    for number in 0..<SignInThrottle.capacity - 2 {
      throttle.fail("AJ002", isReal: true, .source("10.1.0.\(number)"), now: 100_001)
    }
    #expect(throttle.wait("AJ001", isReal: true, .source("10.0.0.9"), now: 100_001) == SignInThrottle.lock - 2)
    throttle.fail("AJ002", isReal: true, .source("10.2.0.1"), now: 100_002)
    #expect(throttle.wait("AJ001", isReal: true, .source("10.0.0.9"), now: 100_002) == nil)
    #expect(throttle.wait("AJ002", isReal: true, .source("10.1.0.5"), now: 100_002) != nil, "the others stay")
    #expect(
      throttle.wait("AJ001", isReal: true, .console("n"), now: 100_002) == SignInThrottle.lock - 2, "not replaced")
  }

  @Test("guesses at one badge from many addresses are slowed together, an address that has not guessed is heard")
  func strangers() {
    var throttle = SignInThrottle()
    for number in 0..<40 { throttle.fail("AJ001", isReal: true, .source("10.0.0.\(number)"), now: 0) }
    #expect(throttle.wait("AJ001", isReal: true, .source("10.0.0.7"), now: 0) == SignInThrottle.longestWait)
    #expect(throttle.wait("AJ001", isReal: true, .source("10.0.1.1"), now: 0) == nil)
    #expect(throttle.wait("AJ002", isReal: true, .source("10.0.0.7"), now: 0) == nil)
  }

  @Test("a delay does not tell whether a badge exists")
  func existence() {
    func waits(_ isReal: Bool) -> [Int64?] {
      var throttle = SignInThrottle()
      return (0..<30).map { attempt in
        let client = Client.source("10.0.0.\(attempt % 3)")
        throttle.fail("X", isReal: isReal, client, now: Int64(attempt))
        return throttle.wait("X", isReal: isReal, client, now: Int64(attempt))
      }
    }
    #expect(waits(true) == waits(false))
  }

  @Test("whoever signs in again gets no fresh count for other badges")
  func colleague() {
    var throttle = SignInThrottle()
    for _ in 0..<3 { throttle.fail("AJ100", isReal: true, .colleague(of: "AJ001"), now: 0) }
    throttle.succeed("AJ001", .console("n"))
    #expect(throttle.wait("AJ100", isReal: true, .colleague(of: "AJ001"), now: 0) == 1_000)
    throttle.forget("AJ100")
    #expect(throttle.wait("AJ100", isReal: true, .colleague(of: "AJ001"), now: 0) == nil)
  }

  @Test("an IPv6 machine is counted by its network's part, an IPv4 one by its address")
  func addresses() {
    #expect(SourceAddress.counted("10.0.0.9") == "10.0.0.9")
    #expect(SourceAddress.counted("::ffff:10.0.0.9") == "10.0.0.9")
    #expect(SourceAddress.counted("::1") == "::1")
    #expect(SourceAddress.counted("fd00:1:2:3::5") == SourceAddress.counted("fd00:1:2:3:aaaa:bbbb:cccc:1"))
    #expect(SourceAddress.counted("fd00:1:2:3::5") != SourceAddress.counted("fd00:1:2:4::5"))
    #expect(SourceAddress.counted("fe80::1%eth0") == SourceAddress.counted("fe80::2"))
  }
}
