import Testing

@testable import HallHTTP

/// Goal: a connection's deadlines follow its requests, and descriptors are shared. Method: the pure parts with events; floods
/// against the daemon are in Tests/strangers.
@Suite("Connections")
struct ConnectionTests {
  @Test("a request is being read from its first byte to its last, and a response may be a feed")
  func activities() {
    var progress = ConnectionProgress()
    #expect(progress.activity == .silent)
    progress.readBytes()
    #expect(progress.activity == .reading && progress.canAnswer)
    progress.readHead()
    progress.readBytes()
    #expect(progress.activity == .reading && progress.canAnswer)
    progress.readEnd()
    #expect(progress.activity == .deciding && !progress.canAnswer)
    progress.wroteHead()
    #expect(progress.activity == .responding && !progress.canAnswer)
    progress.wroteEnd()
    #expect(progress.activity == .idle)
  }

  @Test("a deadline never mixes its answer with a response that has begun, or with an earlier request's")
  func answers() {
    var begun = ConnectionProgress()
    begun.readBytes()
    begun.readHead()
    begun.wroteHead()
    #expect(begun.activity == .reading && !begun.canAnswer)
    var pipelined = ConnectionProgress()
    pipelined.readBytes()
    pipelined.readHead()
    pipelined.readEnd()
    pipelined.readBytes()
    pipelined.readHead()
    #expect(pipelined.activity == .reading && !pipelined.canAnswer)
  }

  @Test("both listeners at their limit leave descriptors to the rest", arguments: [800, 1024, 4096, 8192, 1 << 20])
  func descriptors(limit: Int) {
    let share = DescriptorBudget.share(of: limit)
    #expect(2 * (share + HallListener.leaving) + DescriptorBudget.own <= limit)
    #expect(share <= 2048)
    if limit >= 8192 { #expect(share == 2048) }
  }

  @Test("a date of a response is written as RFC 9110 writes it")
  func date() { #expect(HTTPDate.text(784_111_777) == "Sun, 06 Nov 1994 08:49:37 GMT") }
}
