import Control
import Foundation
import Groundwork
import Hall
import Logging
import Ports
import Seal
import Settings

/// The parts of the start that differ in a training (演练) of a hall: `--training`.
enum Training {
  /// The settings of a training of a hall.
  ///
  /// - Throws: `Exit` when the training would listen at the hall's own addresses or ports, or the hall has too many lanes
  ///   for the training to use other letters.
  static func settings(of hall: HallSettings, _ sealing: any Sealing) throws(Exit) -> HallSettings {
    let (own, training) = ([hall.kioskListener, hall.hallListener], hall.training)
    for endpoint in [training.kioskListener, training.hallListener]
    where own.contains(where: { $0.host == endpoint.host || $0.port == endpoint.port }) {
      throw Exit(
        .configuration,
        "the training would listen at \(endpoint), where the hall has its port or its cookies: write `kiosk` and `hall` of `training` in the configuration",
        zh: "演练要监听 \(endpoint)，和大厅自己的地址或端口相同：在配置的 training 一节另写 kiosk 和 hall")
    }
    guard let settings = hall.forTraining(sealing) else {
      throw Exit(
        .configuration,
        "the hall has too many lanes for a training: 12 is the most, so that each has a letter of its own",
        zh: "大厅的队列太多，不能演练：最多 12 个，演练时每个队列要用另一个字母")
    }
    return settings
  }

  /// The plan of a training, where `plan` is the hall's own.
  ///
  /// - Throws: `Exit` when the folder of the training is the hall's, or one of them lies in the other.
  static func plan(of plan: Plan, _ settings: TrainingSettings) throws(Exit) -> Plan {
    let (own, folder) = (plan.stateFolder, settings.stateFolder(beside: plan.stateFolder))
    let (one, other) = (resolved(own) + "/", resolved(folder) + "/")
    guard !one.hasPrefix(other), !other.hasPrefix(one) else {
      throw Exit(
        .configuration,
        "the training's folder \(folder) and the hall's \(own) lie in each other: write another `state` of `training` in the configuration",
        zh: "演练的文件夹 \(folder) 和大厅的 \(own) 套在一起：在配置的 training 一节另写 state")
    }
    var training = Plan(
      configuration: plan.configuration, models: plan.models, stateFolder: folder, demo: plan.demo, trainedHall: own)
    (training.kioskPort, training.hallPort, training.isUnlimited) = (plan.kioskPort, plan.hallPort, plan.isUnlimited)
    return training
  }

  /// The hall's own key, so that badges and notices are valid in both.
  static func seal(of hall: String) throws(Exit) -> HallSeal {
    let path = "\(hall)/\(HallKey.fileName)"
    do throws(KeyFault) {
      if let key = try HallKey.load(at: path) { return HallSeal(key: key) }
    } catch { throw Exit(error) }
    throw Exit(
      .folder, "a training takes the hall's key, and there is none in \(hall): start the hall itself once first",
      zh: "演练要用大厅的密钥，\(hall) 里还没有：先让大厅启动一次")
  }

  private static func resolved(_ path: String) -> String {
    URL(fileURLWithPath: path).resolvingSymlinksInPath().path
  }
}

/// The secrets that the staff chose in the hall, for signing in to a training. One that is changed in a training is valid
/// until its end.
struct BorrowedSecrets: SecretStore {
  let hall: SecretFile

  func load() -> [UInt8]? { hall.load() }
  func save(_ bytes: [UInt8]) -> Bool { true }
}
