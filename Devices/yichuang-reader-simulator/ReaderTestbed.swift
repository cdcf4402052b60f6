import Synchronization

/// Where emulated devices are plugged in.
protocol ReaderTestbed: AnyObject {
  /// The testbed's first message, when it is ready.
  var greeting: [(String, any ReportValue)] { get }

  /// - Parameters:
  ///   - portPath: the port path, such as `1-2`.
  ///   - replay: the transcript to replay, if any.
  func plug(
    _ name: String, _ model: DeviceModel, portPath: String, numbers: (vendor: UInt16, product: UInt16)?, replay: Replay?
  ) -> Bool
  /// - Returns: true also for a device that is not plugged in.
  func unplug(_ name: String) -> Bool
  /// Simulates that another program holds the device; false where that is not possible.
  func take(_ name: String, _ isTaken: Bool) -> Bool
  /// Runs `body` with a device; false when none has the name.
  func with(_ name: String, _ body: (EmulatedDevice) -> Void) -> Bool
  /// Runs `body` with a device, or with the next one that is plugged in under the name.
  func prepare(_ name: String, _ body: @escaping (EmulatedDevice) -> Void) -> Bool
  /// Returns, once, the devices that vanished within a call; they are removed after it.
  func takeVanished() -> [String]
  /// Unplugs everything.
  func close()
}

/// One lock for all devices: speed does not matter here.
enum TestbedLock { static let only = Mutex(()) }
