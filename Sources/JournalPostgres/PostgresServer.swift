import Hall

/// How a machine reaches the hall's PostgreSQL.
package struct PostgresServer: Hashable, Sendable {
  /// One host of the cluster; at any time one of them is the primary.
  package struct Node: Hashable, Sendable, CustomStringConvertible {
    /// A name, an address, or the folder of a Unix socket.
    package let address: String
    package let port: Int

    package init(address: String, port: Int = 5432) {
      self.address = address
      self.port = port
    }

    package var description: String { "\(address):\(port)" }
    /// A Unix socket does not leave the machine.
    var isLocal: Bool { address.hasPrefix("/") }
  }

  package let hosts: [Node]
  package let database: String
  /// The role of this machine; its records carry it as their writer.
  package let role: String
  package let password: String?
  /// The certificate of the hall's own CA, as a PEM file. Nil only where all hosts are Unix sockets: between machines the
  /// server has to prove who it is.
  package let rootCertificate: String?
  /// The hall's number in the database.
  package let hall: Int32
  /// The version of this program, as the others see it.
  package let release: String
  /// The newest format of records that this program reads.
  package let reads: Int

  package init(
    hosts: [Node], database: String, role: String, password: String? = nil, rootCertificate: String? = nil,
    hall: Int32 = 1, release: String = "", reads: Int = RecordFormats.newest
  ) {
    self.hosts = hosts
    self.database = database
    self.role = role
    self.password = password
    self.rootCertificate = rootCertificate
    self.hall = hall
    self.release = release
    self.reads = reads
  }

  /// libpq's parameters for one host; never its list of hosts, which takes the first server that can be written, again and
  /// again, also where that is an old primary.
  func parameters(for host: Node, application: String) -> [(String, String)] {
    var parameters = [
      ("host", host.address), ("port", String(host.port)), ("dbname", database), ("user", role),
      ("application_name", application), ("client_encoding", "UTF8"), ("connect_timeout", "4"),
      // A cable that was pulled is noticed within some seconds, also while nothing is sent.
      ("keepalives_idle", "2"), ("keepalives_interval", "1"), ("keepalives_count", "3"), ("tcp_user_timeout", "4000"),
      ("gssencmode", "disable"),
    ]
    // Without one libpq would look into files of whoever runs this.
    parameters += [("password", password ?? ""), ("passfile", "/nonexistent")]
    if !host.isLocal {
      parameters += [("sslmode", "verify-full"), ("sslrootcert", rootCertificate ?? "/nonexistent")]
    }
    return parameters
  }
}

/// Which cluster the journal is in, as far as this machine knows.
///
/// PostgreSQL raises its timeline with every promotion, so a server of a lower one than was ever seen is an old primary.
/// The system identifier is drawn when a cluster is founded.
package struct ClusterFence: Hashable, Sendable {
  package let system: String
  package let timeline: Int64

  package init(system: String, timeline: Int64) {
    self.system = system
    self.timeline = timeline
  }
}
