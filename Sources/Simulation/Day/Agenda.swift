/// A priority queue of what will happen, by time; entries of the same moment keep the order in which they were added.
struct Agenda<Happening> {
  private struct Entry {
    let at: Int64
    let order: Int
    let happening: Happening

    func isBefore(_ other: Entry) -> Bool { (at, order) < (other.at, other.order) }
  }

  private var heap: [Entry] = []
  private var order = 0

  var isEmpty: Bool { heap.isEmpty }

  mutating func put(_ happening: Happening, at moment: Int64) {
    heap.append(Entry(at: moment, order: order, happening: happening))
    order += 1
    var child = heap.count - 1
    while child > 0, heap[child].isBefore(heap[(child - 1) / 2]) {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func next() -> (at: Int64, happening: Happening)? {
    guard let first = heap.first else { return nil }
    let last = heap.removeLast()
    if !heap.isEmpty {
      heap[0] = last
      var parent = 0
      while true {
        var least = parent
        for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && heap[child].isBefore(heap[least]) {
          least = child
        }
        if least == parent { break }
        heap.swapAt(least, parent)
        parent = least
      }
    }
    return (first.at, first.happening)
  }
}
