import CatalogueFiles
import Settings

/// Changes the section `door` for an address of this machine.
enum DoorPlan {
  /// The name that every certificate of a hall also has, unless the hall uses another one.
  private static let name = "yichuang.local"
  private static let port = 7443

  /// The section is unchanged where the address is in it. Else the new address replaces the former addresses; names stay.
  static func section(_ present: PresentConfiguration?, _ address: String) -> YAMLText {
    var section = present?.value("door") ?? .empty
    let origins = (section["origins"]?.entries.compactMap(\.scalar) ?? []).compactMap(DoorSettings.origin)
    guard !origins.contains(where: { $0.host == address }) else { return section }
    let port = origins.first?.port ?? port
    let names = origins.map(\.host).filter { !DoorSettings.isAddress($0) }
    let hosts = [address] + (names.isEmpty ? [name] : names)
    section["origins"] = .list(hosts.map { .text("https://\($0)" + (port == 443 ? "" : ":\(port)")) })
    return section
  }
}
