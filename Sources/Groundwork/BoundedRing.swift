/// The last `capacity` elements, oldest first. Appending to a full ring drops the oldest.
package struct BoundedRing<Element> {
  package let capacity: Int
  private var storage: [Element] = []
  private var start = 0

  /// - Parameter capacity: at least 1.
  package init(capacity: Int) {
    precondition(capacity >= 1, "a ring holds at least one element")
    self.capacity = capacity
  }

  package var count: Int { storage.count }
  package var isEmpty: Bool { storage.isEmpty }
  package var first: Element? { storage.isEmpty ? nil : self[0] }
  package var last: Element? { storage.isEmpty ? nil : self[count - 1] }

  /// The element at `index`, 0 being the oldest kept.
  package subscript(index: Int) -> Element { storage[(start + index) % storage.count] }

  package mutating func append(_ element: Element) {
    if storage.count < capacity {
      storage.append(element)
    } else {
      storage[start] = element
      start = (start + 1) % capacity
    }
  }

  package mutating func removeAll() {
    storage.removeAll()
    start = 0
  }
}

extension BoundedRing: Sendable where Element: Sendable {}
