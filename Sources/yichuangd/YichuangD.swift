import ArgumentParser
import CMalloc
import Control
import Foundation
import Groundwork
import Logging
import Seal
import Settings

/// The hall's daemon.
@main
struct YichuangD: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "yichuangd",
    abstract: "Runs a service hall: tickets, slips, windows and boards.",
    discussion: """
      SIGTERM ends it within 10 s with status 0. SIGHUP reads configuration and catalogue again. YICHUANG_STATE names the \
      state folder, YICHUANG_SHARE the folder of pages and reference files, YICHUANG_LOG the log level. Exit statuses are \
      those of sysexits.h: 78 configuration, 75 port or state folder taken, 74 disk, 73 state folder, 65 journal.
      """,
    version: ProductVersion.current)

  @Option(help: ArgumentHelp("The configuration file.", valueName: "file"))
  var config = Plan.defaultConfiguration

  @Flag(help: "Check the configuration and everything that it names, say every fault, and end: status 0 or 78.")
  var check = false

  @Flag(help: "Run the demonstration hall: no configuration, no hardware, this machine only.")
  var demo = false

  @Flag(help: "Hold a training (演练) of the hall beside it: own folder, addresses and numbers, marked everywhere.")
  var training = false

  @Option(help: "Which hall the demo shows: a town's (便民服务中心) or a village's station (便民服务站).")
  var hall: DemoHall?

  @Option(help: ArgumentHelp("The demo's state folder; a fresh one without it.", valueName: "dir"))
  var state: String?

  @Option(help: ArgumentHelp("The demo's port of the kiosk's pages; 0 takes a free one.", valueName: "n"))
  var kioskPort: Int?

  @Option(help: ArgumentHelp("The demo's port of consoles and boards; 0 takes a free one.", valueName: "n"))
  var hallPort: Int?

  @Flag(help: "The demo's kiosks may ask as fast as programs can: for tests and measurements.")
  var unlimited = false

  func validate() throws {
    if !demo, state != nil || kioskPort != nil || hallPort != nil || hall != nil || unlimited {
      throw ValidationError(
        "--state, --hall, --kiosk-port, --hall-port and --unlimited belong to --demo; else the configuration says these"
      )
    }
    for port in [kioskPort, hallPort].compactMap({ $0 }) where !(0...65_535).contains(port) {
      throw ValidationError("\(port) is no port: 0 to 65535")
    }
  }

  func run() async throws {
    // A closed pipe of our output must not end the process.
    signal(SIGPIPE, SIG_IGN)
    // No core dump: memory may hold a card's text.
    var none = rlimit(rlim_cur: 0, rlim_max: 0)
    setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
    Heap.prepare()
    Reloading.prepare()
    PlainLog.start(level: demo ? .warning : .notice)
    do throws(Exit) {
      let share = try ShareFolder.found()
      let plan = try plan(share)
      if check {
        let seal = HallSeal(key: .ofNobody)
        _ = try HallFiles(
          configuration: plan.configuration, models: share.models, sealing: seal, saysWarnings: true
        ).load()
        writeOutput(Terminal.isChinese ? "\(plan.configuration) 可以用" : "\(plan.configuration) can be used")
        return
      }
      try await Daemon(plan: plan, share: share, isTraining: training).run()
    } catch {
      error.leave()
    }
  }

  private func plan(_ share: ShareFolder) throws(Exit) -> Plan {
    let environment = ProcessInfo.processInfo.environment
    let named = environment["YICHUANG_STATE"].flatMap { $0.isEmpty ? nil : $0 }
    guard demo else {
      // The unit of a training names the hall's folder, because its STATE_DIRECTORY is the training's own.
      let folder = named ?? (training ? nil : environment["STATE_DIRECTORY"]) ?? Plan.defaultState
      return Plan(configuration: config, models: share.models, stateFolder: folder, demo: false)
    }
    return Plan(
      configuration: share.reference + (hall ?? .town).file, models: share.models,
      stateFolder: try Demo.stateFolder(state ?? named), demo: true, kioskPort: kioskPort, hallPort: hallPort,
      isUnlimited: unlimited)
  }
}

/// The kinds of demo hall.
enum DemoHall: String, ExpressibleByArgument, CaseIterable {
  case town, village

  /// Its configuration in the folder of reference files.
  var file: String { self == .town ? "/demo.yaml" : "/demo-village.yaml" }
}

extension HallKey {
  /// A key for checking files, which needs plain digests only and no state folder.
  static let ofNobody = HallKey(bytes: [UInt8](repeating: 0, count: HallKey.length))
}

/// Settings of glibc's allocator.
enum Heap {
  /// By default glibc gives every drawing thread an arena. Freeing a picture's surface of some megabytes also raises the
  /// threshold above which memory is returned to the system, and an hour of notices left a hundred megabytes fragmented.
  /// With two arenas and a fixed threshold, blocks of a surface's size are returned at once.
  static func prepare() {
    mallopt(M_ARENA_MAX, 2)
    mallopt(M_MMAP_THRESHOLD, 256 << 10)
    mallopt(M_TRIM_THRESHOLD, 1 << 20)
  }
}
