import Control
import Foundation
import Groundwork
import Hall
import HallSetup
import Ports
import PrinterProtocols
import PrintersCUPS
import Settings
import SlipRender
import Slips

/// Prints the first secrets, one slip for each member, on the printer of a kiosk.
///
/// This program writes them to no file. The print service keeps a slip's picture only until the job ends (`PreserveJobFiles
/// No`).
struct SecretSlips {
  struct Handed {
    /// Badges whose slip the printer confirmed.
    var printed: Set<String> = []
    /// Why the others are not known to be on paper.
    var faults: [ControlReply] = []
  }

  let hall: String
  let kiosk: String
  let printer: PrinterSettings
  /// The CUPS server for a printer without a configured one.
  let server: CUPSServer
  private static let patienceMilliseconds = 45_000

  /// The first kiosk's printer that takes slips of a roll; nil where none does.
  init?(_ settings: HallSettings, server: CUPSServer) {
    let fitted = settings.kiosks.compactMap { kiosk in kiosk.printer.map { (kiosk: kiosk.id, printer: $0) } }
    guard let first = fitted.first(where: { !$0.printer.model.isSheet }) else { return nil }
    hall = settings.rules.identity.name
    kiosk = first.kiosk
    printer = first.printer
    self.server = first.printer.server.flatMap(CUPSServer.init) ?? server
  }

  func print(_ staff: [SetupAnswers.Member], _ secrets: [String: String]) async -> Handed {
    var result = Handed()
    let model = printer.model
    let cups = CUPSPrinter(
      configuration: .init(
        queue: printer.queue, server: server, paperWidthDots: model.widthDots, sheets: false, encoder: model.encoder))
    do throws(SlipRenderFault) {
      let renderer = try SlipRenderer()
      for member in staff {
        guard let secret = secrets[member.badge] else { continue }
        let slip = SlipID("secret-" + String(UInt64.random(in: .min ... .max), radix: 36))
        let now = Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
        let document = FirstSecretSlip(
          slip: slip, hall: hall, name: member.name, badge: member.badge, secret: secret, printedAt: now
        ).document()
        let image = try await renderer.render(document, paperWidthDots: model.widthDots)
        let outcome = await send(image, slip, to: cups)
        // E0 only shows that the bytes were accepted.
        if case .printed(let evidence) = outcome, evidence != .accepted {
          result.printed.insert(member.badge)
          continue
        }
        result.faults.append(ControlReply(printing: outcome, at: member.badge))
        // After a failure no further secrets are sent: they could come out later, when somebody else stands there.
        if case .printed = outcome { continue }
        return result
      }
    } catch {
      result.faults.append(
        ControlReply(
          .installation, "the slips cannot be drawn (\(error)): install fonts-noto-cjk",
          zh: "小票画不出来（\(error)）：装上字体 fonts-noto-cjk"))
    }
    return result
  }

  private func send(_ image: SlipImage, _ slip: SlipID, to cups: CUPSPrinter) async -> AttemptOutcome {
    do throws(PrinterFault) {
      let prepared = try await cups.prepare(Attempt(slip: slip, number: 1))
      let outcome = await cups.commit(prepared, image, patience: Self.patienceMilliseconds)
      await cups.forget([prepared.jobUUID])
      return outcome
    } catch {
      return .notSent(reason: error.detail)
    }
  }
}
