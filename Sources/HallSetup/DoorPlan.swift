import CatalogueFiles
import Settings

/// The section `door` that an address of this machine makes of the present one.
enum DoorPlan {
  /// The name that every certificate of a hall is for too, unless the hall has another one.
  private static let name = "yichuang.local"
  private static let port = 7443

  /// Addresses that are there stay when the address is among them; else it replaces the former one, beside the names.
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
