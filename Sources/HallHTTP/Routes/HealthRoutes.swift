import Ports
import Groundwork
import HTTPTypes
import Hall
import Hummingbird
import Registrar
import Views

/// Liveness, readiness and metrics, for monitoring.
struct HealthRoutes {
  let endpoint: CommandEndpoint
  /// The listener's name in metrics, and its connections.
  let listener: String
  let table: ConnectionTable

  func add(to router: Router<HallContext>) {
    let parts = endpoint.parts
    let life = parts.isTraining ? #"{"status":"ok","training":true}"# : #"{"status":"ok"}"#
    router.get("healthz") { _, _ in Response.json(Array(life.utf8)) }
    router.get("readyz") { request, context in
      let isFull = isFull(request, context)
      let faults = await parts.faults()
      let storage = await parts.registrar.fault
      let printers = await parts.printers()
      let takesIn = await parts.registrar.isIntakeOpen
      let view = await parts.registrar.read { state, rules in
        let ready = state.isAccepted && storage == nil && takesIn
        var json = JSONText()
        json.object { json in
          json.field("ready", ready)
          if parts.isTraining { json.field("training", true) }
          guard isFull else { return }
          json.field("journal", !state.isAccepted ? "awaiting_staff" : storage.map(Self.word) ?? "ok")
          json.field("intake", takesIn ? "open" : "reconciling_prints")
          json.field("business_day", state.day?.date.description)
          json.field("catalogue_version", rules.catalogue.version)
          HallViews(state, rules).faults(faults, into: &json)
          HallViews(state, rules).printers(printers, into: &json)
        }
        return (ready, json.bytes)
      }
      var response = Response.json(view.1, status: view.0 ? HTTPResponse.Status.ok : .serviceUnavailable)
      // A page of another machine of the hall asks which machine is ready.
      if let origin = request.headers[.origin], parts.machines.doors.contains(origin) {
        response.headers[.accessControlAllowOrigin] = origin
        response.headers[.vary] = "Origin"
      }
      return response
    }
    router.get("metrics") { request, context in
      guard !parts.isTraining else { throw Problem.noMetricsOfTraining }
      guard isFull(request, context) else {
        let isReady = await isReady()
        return Response.bytes(Array(Self.short(isReady).utf8), type: Self.prometheus)
      }
      let screens = parts.feed.subscriberCount
      let faults = await parts.faults()
      let takesIn = await parts.registrar.isIntakeOpen
      let text = await parts.registrar.read { state, rules in Self.metrics(state, rules, screens, faults, takesIn) }
      return Response.bytes(Array((text + connections).utf8), type: Self.prometheus)
    }
  }

  private static func word(_ fault: JournalFault) -> String {
    switch fault {
    case .cutOff: "cut_off"
    case .behind: "behind"
    default: "fault"
    }
  }

  private var connections: String {
    let counts = table.counts
    return """
      # TYPE yichuang_connections gauge
      yichuang_connections{listener="\(listener)",client="known"} \(counts.known)
      yichuang_connections{listener="\(listener)",client="unknown"} \(counts.all - counts.known)
      # TYPE yichuang_connections_displaced counter
      yichuang_connections_displaced{listener="\(listener)"} \(counts.displaced)

      """
  }

  private static let prometheus = "text/plain; version=0.0.4"

  private static func short(_ isReady: Bool) -> String {
    "# TYPE yichuang_ready gauge\nyichuang_ready \(isReady ? 1 : 0)\n"
  }

  private func isReady() async -> Bool {
    let storage = await endpoint.parts.registrar.fault
    let takesIn = await endpoint.parts.registrar.isIntakeOpen
    return await endpoint.parts.registrar.read { state, _ in state.isAccepted && storage == nil && takesIn }
  }

  /// Whether the client may see devices, queues and faults: a program of this machine, or one with the monitoring token.
  ///
  /// A request that came through a proxy has the proxy's address, so it does not count as one of this machine.
  private func isFull(_ request: Request, _ context: HallContext) -> Bool {
    let parts = endpoint.parts
    if let token = parts.monitoringToken(), let given = request.headers[.authorization],
      given.utf8.count <= 512, given.hasPrefix("Bearer "),
      parts.sealing.keyedDigest(Array(given.dropFirst(7).utf8)) == parts.sealing.keyedDigest(Array(token.utf8))
    {
      return true
    }
    let isForwarded =
      context.comesByDoor || [.forwarded, .xForwardedFor, .via].contains { request.headers[$0] != nil }
      || request.head.authority.map { parts.publicAddress?.isHost($0) ?? false } ?? false
    return !isForwarded && (context.source == "::1" || context.source.hasPrefix("127."))
  }

  /// The ratio is left out while no ticket was judged.
  private static func waits(_ record: RangeRecord) -> [String] {
    let ratio = record.count == 0 ? nil : Double(record.inside) / Double(record.count)
    return [
      "# TYPE yichuang_wait_judged gauge", "yichuang_wait_judged \(record.count)",
      "# TYPE yichuang_wait_inside gauge", "yichuang_wait_inside \(record.inside)",
      "# TYPE yichuang_wait_ranges_told gauge", "yichuang_wait_ranges_told \(record.isTelling ? 1 : 0)",
    ] + (ratio.map { ["# TYPE yichuang_wait_inside_ratio gauge", "yichuang_wait_inside_ratio \($0)"] } ?? [])
  }

  /// Prometheus text exposition, version 0.0.4.
  private static func metrics(
    _ state: HallState, _ rules: HallRules, _ screens: Int, _ faults: [PresentFault], _ takesIn: Bool
  ) -> String {
    var lines = [
      "# TYPE yichuang_journal_sequence counter", "yichuang_journal_sequence \(state.sequence)",
      "# TYPE yichuang_screens gauge", "yichuang_screens \(screens)",
      "# TYPE yichuang_day_open gauge", "yichuang_day_open \(state.day == nil ? 0 : 1)",
      "# TYPE yichuang_waiting gauge",
    ]
    for lane in rules.lanes {
      lines.append("yichuang_waiting{lane=\"\(lane.letter)\"} \(state.queue.waitingCount(lane.letter))")
    }
    let totals = state.day?.totals ?? DayTotals()
    lines += [
      "# TYPE yichuang_tickets_issued_today gauge", "yichuang_tickets_issued_today \(totals.issued)",
      "# TYPE yichuang_tickets_finished_today gauge", "yichuang_tickets_finished_today \(totals.finished)",
      "# TYPE yichuang_notices_today gauge", "yichuang_notices_today \(totals.notices)",
      "# TYPE yichuang_wait_promises_broken_today gauge",
      "yichuang_wait_promises_broken_today \(state.waits.broken)",
      "# TYPE yichuang_intake_open gauge", "yichuang_intake_open \(takesIn ? 1 : 0)",
      "# TYPE yichuang_paper_used_millimetres gauge",
    ]
    for (kiosk, roll) in state.print.rolls.sorted(by: { $0.key < $1.key }) {
      lines.append("yichuang_paper_used_millimetres{kiosk=\"\(kiosk)\"} \(roll.millimetres)")
    }
    lines += waits(state.waits.record)
    lines.append("# TYPE yichuang_fault gauge")
    for fault in faults {
      lines.append("yichuang_fault{code=\"\(fault.code)\",kiosk=\"\(fault.kiosk ?? "")\"} 1")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension Problem {
  static let noMetricsOfTraining = Problem(
    .notFound, "training", Words("这里是演练", "This is a training"),
    Words("演练没有监测数据；请向大厅自己的地址取。", "A training has no metrics; ask the hall's own address."))
}
