import Control
import ReaderProtocols
import ReadersProcess
import Settings
import YAMLDocuments

/// The card readers and scanners that are plugged in, and the trial of each.
struct ReaderStep {
  private let matches: [ReaderMatch]
  let devices: [PluggedDevice]

  /// Nothing is opened.
  init() {
    guard let folder = try? ShareFolder.find().readerModels, let store = ReaderModelStore.load(folder).value else {
      (matches, devices) = ([], [])
      return
    }
    matches = store.matches()
    devices = PluggedDevice.all(root: "", store, keyboards: [])
  }

  /// A line for each device of a known kind.
  var lines: [String] { devices.map { "\($0.portPath)  \($0.model.id)  \($0.name)" } }

  /// Has each device tried by the person; Enter goes on without.
  func tryAll(_ dialogue: SetupDialogue) {
    for device in devices {
      if let fault = device.whyNotTried {
        dialogue.say("  \(fault.sentence)", zh: "  \(fault.words(inChinese: true))")
        continue
      }
      let question = device.trialQuestion
      dialogue.say("\n  \(question.english). Enter: go on without.", zh: "\n  \(question.chinese)。按回车：不试")
      do throws(ReaderRecording.Failure) {
        let outcome = try ReaderTrial(device: device, matches: matches).run(isStoppedByEnter: true) { words in
          dialogue.say("  ! \(words.english)", zh: "  ！\(words.chinese)")
        }
        let reply = outcome.reply(at: device.portPath)
        dialogue.say("  \(reply.sentence)", zh: "  \(reply.words(inChinese: true))")
      } catch {
        dialogue.say("  ! \(error.words)", zh: "  ！读卡程序启动不了（\(error.words)）：重新安装软件包")
      }
    }
  }
}
