package import Logging
package import PrinterLink
package import PrinterProtocols

extension CUPSPrinter {
  /// What the port has to know about its queue.
  package struct Configuration: Sendable {
    /// The name of the queue in CUPS.
    package var queue: String
    package var server: CUPSServer
    /// 576 on 80 mm paper, 384 on 58 mm paper.
    package var paperWidthDots: Int
    /// The printer is an office printer on A4: it gets a PDF through the scheduler's filters.
    package var sheets: Bool
    /// What the queue is, where its attributes would not tell. Nil: the attributes are asked.
    package var kind: QueueKind?
    package var encoder: ESCPOSEncoder
    /// Milliseconds between two looks at a job on its way; 100...250 is kind to the scheduler.
    package var pollMilliseconds: Int
    /// Milliseconds that a job found still printing by `reconcile` is given to end.
    package var reconcileMilliseconds: Int
    /// Where the backend and the port settle who decides about an attempt.
    package var claims: ClaimsFolder
    /// Milliseconds that a backend at work is given to end after its job was canceled; the scheduler kills it after
    /// `JobKillDelay`.
    package var settleMilliseconds: Int
    /// Milliseconds that the scheduler may be silent before a slip that no backend has claimed is taken back.
    package var silenceMilliseconds: Int
    /// Milliseconds for the connection to an idle printer that is asked for its state.
    package var probeMilliseconds: Int
    /// Seconds that claims are kept after `forget`; see `ClaimsFolder.restSeconds`.
    package var claimRestSeconds: Int
    package var logger: Logger

    package init(
      queue: String, server: CUPSServer = .system, paperWidthDots: Int = 576, sheets: Bool = false,
      kind: QueueKind? = nil,
      encoder: ESCPOSEncoder = ESCPOSEncoder(), pollMilliseconds: Int = 150, reconcileMilliseconds: Int = 10_000,
      claims: ClaimsFolder = ClaimsFolder(path: ClaimsFolder.named), settleMilliseconds: Int = 7_000,
      silenceMilliseconds: Int = 3_000, probeMilliseconds: Int = 300, claimRestSeconds: Int = ClaimsFolder.restSeconds,
      logger: Logger = Logger(label: "yichuang.printers.cups")
    ) {
      self.queue = queue
      self.server = server
      self.paperWidthDots = paperWidthDots
      self.sheets = sheets
      self.kind = kind
      self.encoder = encoder
      self.pollMilliseconds = max(pollMilliseconds, 10)
      self.reconcileMilliseconds = max(reconcileMilliseconds, 0)
      self.claims = claims
      self.settleMilliseconds = max(settleMilliseconds, 0)
      self.silenceMilliseconds = max(silenceMilliseconds, 0)
      self.probeMilliseconds = max(probeMilliseconds, 10)
      self.claimRestSeconds = max(claimRestSeconds, 0)
      self.logger = logger
    }
  }
}
