import Control
import Desks
import Foundation
import Groundwork
import Hall
import HallHTTP
import Logging
import Ports
import Registrar
import ServiceLifecycle
import Settings

/// One training (演练) from its beginning to its end.
///
/// It is the group's last service, so that it stops first and pages still get its last frame. A training ends by itself
/// (`HallRules.trainingEnd`) or by a signal. Its pages then say so, its tickets end with its day, and the process ends with
/// status 0.
struct TrainingSession: Service {
  let registrar: Registrar
  let feed: FeedHub
  let end: Timestamp
  let logger: Logger
  /// The machine's clock, so that a training does not end because its own clock was moved on the dock page.
  private let clock = SystemClock()

  init(_ registrar: Registrar, _ feed: FeedHub, end: Timestamp, _ logger: Logger) {
    (self.registrar, self.feed, self.end, self.logger) = (registrar, feed, end, logger)
  }

  /// When the training ends that begins now, or that a crash interrupted.
  static func end(_ state: HallState, _ settings: HallSettings) -> Timestamp {
    let (now, rules, training) = (SystemClock().now(), settings.rules, settings.training)
    #if DEBUG
      // For tests, which cannot wait a quarter of an hour.
      if let seconds = ProcessInfo.processInfo.environment["YICHUANG_TRAINING_SECONDS"].flatMap({ Int64($0) }) {
        return now.adding(seconds: seconds)
      }
    #endif
    func end(from begin: Timestamp) -> Timestamp {
      HallRules.trainingEnd(
        from: begin, hours: training.hours, rules.calendar, rules.zone, minutes: training.minutes)
    }
    let isGoingOn = state.day?.date == rules.zone.civil(now).date
    let interrupted = isGoingOn ? state.days.lastOpenedAt.map(end(from:)) : nil
    return interrupted.flatMap { $0 > now ? $0 : nil } ?? end(from: now)
  }

  /// Opens the day, before the first request can come in. A day that an earlier training left open is closed first.
  func begin() async {
    let (date, open) = await registrar.read { state, rules in
      (rules.zone.civil(clock.now()).date, (state.day?.date, state.days.lastOpenedAt))
    }
    if let day = open.0 {
      let isInterrupted =
        day == date && open.1.map { $0.milliseconds + Self.longest > clock.now().milliseconds } == true
      guard !isInterrupted else { return }
      await ask(.closeDay(CloseDay(force: true)))
    }
    await ask(.openDay(OpenDay(date: date)))
  }

  func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled, clock.now() < end { try? await clock.sleep(milliseconds: 500) }
    }
    feed.endTraining()
    await ask(.closeDay(CloseDay(force: true)))
    logger.notice("the training is over")
  }

  /// Milliseconds; `minutes` of the configuration is at most ten hours.
  private static let longest: Int64 = 600 * 60_000

  /// Where the hall refuses, the next training closes the day.
  private func ask(_ command: DayCommand) async {
    do {
      try await registrar.submit(.day(command), by: .system) { _, _ in }
    } catch {
      logger.warning("the day of the training stays as it is", metadata: ["why": "\(error)"])
    }
  }
}
