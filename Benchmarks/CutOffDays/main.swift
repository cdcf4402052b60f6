import Simulation

// How late the last resident leaves and how many get no number, on simulated days of three halls. Compares a fixed cut-off time
// before closing with a cut-off by what the windows can still serve. Arguments: days of each hall, and a seed. Prints one line of
// JSON for each hall and rule.

let arguments = CommandLine.arguments.dropFirst().map { Int($0) ?? -1 }
guard arguments.count == 2, (1...2_000).contains(arguments[0]), arguments[1] >= 0 else {
  preconditionFailure("usage: CutOffDays DAYS SEED, 1 to 2000 days")
}
let (days, seed) = (arguments[0], UInt64(arguments[1]))

let rules: [(name: String, stopping: Stopping)] = [
  ("fixed 15", .fixed(minutes: 15)), ("fixed 30", .fixed(minutes: 30)), ("load 1.0", .byCapacity(load: 1_000)),
  ("load 0.85", .byCapacity(load: 850)), ("load 0.7", .byCapacity(load: 700)),
]
for (residents, windows) in [(95.0, 2), (120.0, 2), (140.0, 3)] {
  for rule in rules {
    let ends = WaitDays(.plain(residents, windows: windows), days: days, seed: seed, stopping: rule.stopping).ends
    print(
      "{\"residents\": \(Int(residents)), \"windows\": \(windows), \"days\": \(days), \"rule\": \"\(rule.name)\", "
        + "\"overtime\": \(ends.meanOvertime), \"overtime_p90\": \(ends.highOvertime), \"refused\": \(ends.meanRefused)}"
    )
  }
}
