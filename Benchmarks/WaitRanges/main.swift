import Hall
import Simulation

// How many waits were inside the range that was told, on simulated days of three halls, compared with the rule that was used before.
// Arguments: days of each hall, and a seed. Prints one line of JSON for each hall.

let arguments = CommandLine.arguments.dropFirst().map { Int($0) ?? -1 }
guard arguments.count == 2, (1...2_000).contains(arguments[0]), arguments[1] >= 0 else {
  preconditionFailure("usage: WaitRanges DAYS SEED, 1 to 2000 days")
}
let (days, seed) = (arguments[0], UInt64(arguments[1]))

func shown(_ name: String, _ tally: WaitTally) -> String {
  "\"\(name)\": \(tally.insideShare), \"\(name)_not_above\": \(tally.notAboveShare), "
    + "\"\(name)_width\": \(tally.meanWidth), \"\(name)_count\": \(tally.count)"
}

for model in [TrafficModel.town, .village, .market] {
  let samples = WaitDays(model, days: days, seed: seed).samples
  let parts = [
    shown("rule", WaitTally(samples, \.range)), shown("told", WaitTally(samples, \.told)),
    shown("earlier", WaitTally(samples, \.earlier)),
    shown("first_days", WaitTally(samples.filter { $0.day < 5 }, \.range)),
  ]
  let buckets = WaitBucket.allCases.map { bucket in
    shown("bucket_\(bucket)", WaitTally(samples.filter { WaitBucket(finishes: $0.finishes) == bucket }, \.range))
  }
  print("{\"model\": \"\(model.name)\", \"days\": \(days), " + (parts + buckets).joined(separator: ", ") + "}")
}
