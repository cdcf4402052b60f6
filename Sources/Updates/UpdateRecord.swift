/// How far an update has come. A phase is durable before its work begins.
///
/// `accepted → backedUp → installing → gating → good`, or from `installing` on `rollingBack → rolledBack`, by way of
/// `restoring` where the previous version cannot read what the new one wrote.
package enum UpdatePhase: String, Hashable, Sendable, Codable, CaseIterable {
  /// Every check was passed; both packages are kept. Nothing is installed.
  case accepted
  /// The copy of the journal from before the update is made. Nothing is installed.
  case backedUp
  /// The package manager is at work; the files may be of either version.
  case installing
  /// The new version is installed, and watched.
  case gating
  /// The new version is well and stays.
  case good
  /// The previous version comes back.
  case rollingBack
  /// The previous version is installed and refuses the journal; the copy from before replaces it.
  case restoring
  /// The previous version runs again.
  case rolledBack

  package var isFinal: Bool { self == .good || self == .rolledBack }

  /// Whether the files of the new version may be on the machine. A boot then brings those of the previous one back first.
  package var mayHaveInstalled: Bool {
    switch self {
    case .installing, .gating, .rollingBack: true
    // Of `restoring`: the previous version is completely installed before the journal is touched.
    case .accepted, .backedUp, .good, .restoring, .rolledBack: false
    }
  }
}

/// An update as it is kept on the disk.
package struct UpdateRecord: Hashable, Sendable, Codable {
  /// A package as it is kept.
  package struct Package: Hashable, Sendable, Codable {
    /// The version as Debian writes it.
    package let version: String
    /// SHA-256 of the file, in hexadecimal.
    package let sha256: String

    package init(version: String, sha256: String) {
      self.version = version
      self.sha256 = sha256
    }
  }

  /// Why the previous version came back, in both languages.
  package struct Reason: Hashable, Sendable, Codable {
    package let english: String
    package let chinese: String

    package init(_ english: String, zh chinese: String) {
      self.english = english
      self.chinese = chinese
    }
  }

  /// The hall as it was before, which the gate compares with.
  package struct Baseline: Hashable, Sendable, Codable {
    /// Whether a hall is set up on this machine; without one only the installation counts.
    package let hasHall: Bool
    /// Whether the gate was passed before the update. If not, a roll-back does not require it either.
    package let wasWell: Bool
    /// `127.0.0.1:7310`: the listener of the kiosks' pages, and that of the hall's; nil without a readable configuration.
    package let kioskListener: String?
    package let hallListener: String?
    /// Faults of printing, `CODE@KIOSK`.
    package let faults: [String]

    package init(
      hasHall: Bool, wasWell: Bool, kioskListener: String? = nil, hallListener: String? = nil, faults: [String] = []
    ) {
      self.hasHall = hasHall
      self.wasWell = wasWell
      self.kioskListener = kioskListener
      self.hallListener = hallListener
      self.faults = faults
    }
  }

  package private(set) var phase: UpdatePhase
  /// Milliseconds since 1970.
  package let startedAt: Int64
  package private(set) var changedAt: Int64
  /// The version that was installed, to which a failure goes back.
  package let previous: Package
  package let next: Package
  package let baseline: Baseline
  package private(set) var reason: Reason?

  package init(previous: Package, next: Package, baseline: Baseline, at now: Int64) {
    phase = .accepted
    startedAt = now
    changedAt = now
    self.previous = previous
    self.next = next
    self.baseline = baseline
  }

  /// The same update in another phase; the first reason stays.
  package func entering(_ phase: UpdatePhase, at now: Int64, because reason: Reason? = nil) -> UpdateRecord {
    var record = self
    record.phase = phase
    record.changedAt = now
    record.reason = self.reason ?? reason
    return record
  }
}
