import Groundwork
package import Hall
import Ports
import YAMLDocuments

/// The idle screen of a kiosk.
package struct Publicity: Hashable, Sendable {
  /// In the order of their names.
  package let files: [MediaFile]
  /// Seconds without a touch on the first screen.
  package let afterSeconds: Int
  package let question: AwarenessQuestion?

  package init(files: [MediaFile] = [], afterSeconds: Int = 60, question: AwarenessQuestion? = nil) {
    self.files = files
    self.afterSeconds = afterSeconds
    self.question = question
  }
}

/// `publicity:` the idle screen's texts and pictures, and its question; `staff_photos:` the photos by badge.
struct PublicitySection {
  private let top: YAMLTable
  private let sealing: any Sealing
  private let resolved: (String) -> String
  private var log: FaultLog { top.log }

  init(_ top: YAMLTable, sealing: any Sealing, resolved: @escaping (String) -> String) {
    self.top = top
    self.sealing = sealing
    self.resolved = resolved
  }

  func publicity() -> Publicity {
    guard let table = top.table("publicity", required: false) else { return Publicity() }
    defer { table.refuseUnknown() }
    let folder = table.text("folder", required: false, atMost: 1000)
    let files = folder.map { MediaFolder.read(resolved($0), at: table.location(of: "folder"), texts: true, log) } ?? []
    let after = table.integer("after_seconds", in: 20...3600) ?? 60
    return Publicity(files: files, afterSeconds: after, question: question(table))
  }

  private func question(_ table: YAMLTable) -> AwarenessQuestion? {
    guard let entry = table.table("awareness", required: false) else { return nil }
    defer { entry.refuseUnknown() }
    let ask = entry.text("ask", atMost: 60)
    let answers = entry.texts("answers", atMost: 20)
    guard (2...4).contains(answers.count), Set(answers).count == answers.count else {
      log.fault(
        entry.location(of: "answers"), "`answers` are not two to four different ones", "write `answers: [知道, 不知道]`",
        zh: "知晓率提问的答案（answers）不是二到四个不同的：写成 answers: [知道, 不知道]")
      return nil
    }
    guard let ask else { return nil }
    let digest = sealing.digest(Array(([ask] + answers).joined(separator: "\n").utf8))
    let id = digest.prefix(8).hexadecimal
    return AwarenessQuestion(id: id, ask: ask, answers: answers)
  }

  /// By badge.
  ///
  /// - Parameter badges: those of the configuration; a photo for an unknown badge is a warning.
  func photos(_ badges: [String]) -> [String: MediaFile] {
    guard let folder = top.text("staff_photos", required: false, atMost: 1000) else { return [:] }
    let path = resolved(folder)
    var photos: [String: MediaFile] = [:]
    for file in MediaFolder.read(path, at: top.location(of: "staff_photos"), texts: false, log) {
      let badge = String(file.name.prefix { $0 != "." })
      if badges.contains(badge) {
        photos[badge] = file
      } else {
        log.warn(
          FileLocation(file: "\(path)/\(file.name)"), "nobody has the badge \(badge)", "name it BADGE.jpg or BADGE.png",
          zh: "没有工号 \(badge) 的人：文件名写成 工号.jpg 或 工号.png")
      }
    }
    return photos
  }
}
