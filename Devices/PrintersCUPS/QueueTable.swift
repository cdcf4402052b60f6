import CCUPS
package import PrinterLink
package import Ports

/// The queues of one scheduler, for the operator's tool. Every call blocks for some seconds at most.
package struct QueueTable: Sendable {
  /// One queue, and how the hall would use it.
  package struct Entry: Sendable {
    package let name: String
    package let path: PrinterPath
    package let deviceURI: String
    /// The printer behind a queue of `yichuang-pos`, where its device-uri is valid.
    package let address: DeviceAddress?
    /// Why the queue takes no slip; nil when it does.
    package let obstacle: String?
  }

  /// The scheduler did not answer, or refused.
  package struct Fault: Error, CustomStringConvertible {
    package let description: String
    /// The scheduler has no such queue.
    package var isUnknownQueue = false
  }

  package let server: CUPSServer

  package init(_ server: CUPSServer) { self.server = server }

  /// All queues, by name.
  package func all() throws(Fault) -> [Entry] {
    do throws(CUPSFailure) {
      let connection = try CUPSConnection(to: server)
      let request = IPPRequest(IPP_OP_CUPS_GET_PRINTERS, printer: "ipp://localhost/")
      request.ask(for: ["printer-name"] + QueueDescription.attributes)
      let answer = try connection.perform(request, at: "/")
      return answer.groups.filter { $0.tag == IPP_TAG_PRINTER }.compactMap(Self.entry).sorted { $0.name < $1.name }
    } catch {
      // A scheduler without any queue answers "not found".
      if error.isNotFound { return [] }
      throw Fault(description: error.detail)
    }
  }

  package func entry(_ queue: String) throws(Fault) -> Entry {
    do throws(CUPSFailure) {
      let queue = CUPSQueue(name: queue, server: server)
      return Self.entry(queue.name, try queue.describe(queue.connect()))
    } catch {
      throw Fault(description: error.detail, isUnknownQueue: error.isNotFound)
    }
  }

  private static func entry(_ group: IPPAnswer.Group) -> Entry? {
    guard let name = group.text("printer-name"), let description = QueueDescription(group) else { return nil }
    return entry(name, description)
  }

  private static func entry(_ name: String, _ told: QueueDescription) -> Entry {
    var description = told
    description.settle()
    var address: DeviceAddress?
    if case .success(let found)? = description.device { address = found }
    return Entry(
      name: name, path: PrinterPath(description.kind), deviceURI: description.deviceURI, address: address,
      obstacle: description.obstacle)
  }
}

extension PrinterPath {
  init(_ kind: QueueKind?) {
    self =
      switch kind {
      case .raw: .raw
      case .posBackend: .posBackend
      case .driverless: .driverless
      case .office: .office
      case nil: .undetermined
      }
  }
}
