import Control
import Subprocesses

/// Finds out whether another machine of the network has a name already. With two halls named `yichuang.local`, consoles would
/// reach the wrong one.
enum NameOwner {
  private static let patienceMilliseconds: Int64 = 5_000

  /// The first name that resolves to another machine.
  ///
  /// A name that does not resolve, or not in time, counts as free.
  ///
  /// - Parameters:
  ///   - names: hosts' names in small letters.
  ///   - addresses: of this machine, as its certificate has them.
  static func conflict(_ names: [String], _ addresses: [String]) async -> (name: String, address: String)? {
    for name in names {
      let asked = await SubprocessRunner().output(
        of: "/usr/bin/getent", ["ahostsv4", name], limit: 65_536, within: patienceMilliseconds)
      guard case .success(let output) = asked else { continue }
      let found = Set(
        String(decoding: output, as: UTF8.self).split(whereSeparator: \.isNewline)
          .compactMap { $0.split(separator: " ").first.map(String.init) })
      let others = found.filter { !$0.hasPrefix("127.") && !addresses.contains($0) }
      if let other = others.min() { return (name, other) }
    }
    return nil
  }

  static func fault(_ name: String, _ address: String) -> TLSFault {
    TLSFault(
      .refused,
      "\(name) is \(address) in this network, perhaps another hall: write another name into `door: origins` (https://hall-2.local:7443) or into --name, or correct that entry",
      zh: "\(name) 在这个网里已经是 \(address)，可能是另一个大厅：在 `door: origins`（如 https://hall-2.local:7443）或 --name 里换一个名字，或者改掉那一条")
  }
}
