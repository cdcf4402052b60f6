import Control
import Foundation
import Groundwork
import HallHTTP
import Ports
import Settings

extension ShareFolder {
  static func found() throws(Exit) -> ShareFolder {
    do throws(Missing) { return try find() } catch {
      throw Exit(.installation, error.description, zh: error.chinese)
    }
  }

  /// The pages in memory, tagged by their digest.
  func pages(_ sealing: any Sealing) throws(Exit) -> PageFolder {
    do {
      return try PageFolder(root: pages) { bytes in
        sealing.digest(bytes).prefix(8).hexadecimal
      }
    } catch {
      throw Exit(
        .installation, "the pages in \(pages) cannot be read: \(error)",
        zh: "\(pages) 里的页面读不出来（\(error)）：重新安装，或检查权限")
    }
  }

  /// The API's description; empty when it is not installed.
  func description() -> [UInt8] { FileManager.default.contents(atPath: openAPI).map { Array($0) } ?? [] }
}
