import Groundwork
import Ports
import Synchronization

/// The same bits in every run.
package final class SeededEntropy: Entropy {
  private let random: Mutex<SeededRandom>

  package init(seed: UInt64 = 7) { random = Mutex(SeededRandom(seed: seed)) }

  package func bits() -> UInt64 { random.withLock { $0.next() } }
}
