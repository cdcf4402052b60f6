import Desks
import ServiceLifecycle

/// All print desks, side by side: they go down together, not one after the other.
struct PrintDesks: Service {
  let desks: [PrintDesk]

  func run() async throws {
    try await withThrowingTaskGroup { group in
      for desk in desks { group.addTask { try await desk.run() } }
      if desks.isEmpty { try await gracefulShutdown() }
      try await group.waitForAll()
    }
  }
}
