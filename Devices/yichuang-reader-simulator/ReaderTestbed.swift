import Synchronization

/// Where emulated devices are plugged in.
protocol ReaderTestbed: AnyObject {
  /// What the bed says of itself when it is ready.
  var greeting: [(String, any ReportValue)] { get }

  /// - Parameters:
  ///   - place: the path of ports, as `1-2`.
  ///   - replay: what it says, when that was recorded.
  func plug(
    _ name: String, _ model: DeviceModel, place: String, numbers: (vendor: UInt16, product: UInt16)?, replay: Replay?
  ) -> Bool
  /// - Returns: true also for a device that is not there.
  func unplug(_ name: String) -> Bool
  /// Another program holds the device, or holds it no more; false where that cannot be made up.
  func take(_ name: String, _ isTaken: Bool) -> Bool
  /// Does something with a device; false when none has the name.
  func with(_ name: String, _ body: (EmulatedDevice) -> Void) -> Bool
  /// Does something with a device, or with the next one that is plugged in under the name.
  func prepare(_ name: String, _ body: @escaping (EmulatedDevice) -> Void) -> Bool
  /// Devices that vanished in the middle of a call, once; they are taken away when the call is over.
  func takeVanished() -> [String]
  /// Takes everything away.
  func close()
}

/// One lock for all that devices are: what is slow here is nobody's hurry.
enum TestbedLock { static let only = Mutex(()) }
