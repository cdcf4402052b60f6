import Foundation
import Ports
import TestKit
import Testing

@testable import JournalPostgres

/// Goal: between machines nothing goes in plain text, and a machine believes only the server that the hall's own CA has
/// signed. Method: a private cluster at a loopback port, with a certificate and the rules that a hall has.
@Suite struct EncryptionTests {
  @Test("a machine connects with the hall's CA and its password; other CAs, other passwords and plain text are refused")
  func encrypted() async throws {
    let port = try freePort()
    let cluster = try PrivateCluster(
      port: port,
      ["listen_addresses=127.0.0.1", "ssl=on", "ssl_cert_file=server.pem", "ssl_key_file=server.key"]
    ) { cluster in
      for authority in ["hall", "other"] {
        try cluster.run(
          "/usr/bin/openssl",
          [
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=\(authority)", "-days", "2", "-keyout",
            "\(cluster.folder)/\(authority).key", "-out", "\(cluster.folder)/\(authority).pem",
          ])
      }
      try cluster.run(
        "/usr/bin/openssl",
        [
          "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=journal", "-days", "2", "-addext",
          "subjectAltName=IP:127.0.0.1", "-addext", "basicConstraints=critical,CA:FALSE", "-CA",
          "\(cluster.folder)/hall.pem", "-CAkey",
          "\(cluster.folder)/hall.key", "-keyout", "\(cluster.data)/server.key", "-out", "\(cluster.data)/server.pem",
        ])
      try "local all all trust\nhostssl all all 127.0.0.1/32 scram-sha-256\nhostnossl all all all reject\n".write(
        toFile: cluster.data + "/pg_hba.conf", atomically: false, encoding: .utf8)
    }
    try cluster.sql("ALTER ROLE machine1 PASSWORD 'of-this-test'")
    func journal(_ authority: String, _ password: String) -> PostgresJournal {
      let server = PostgresServer(
        hosts: [.init(address: "127.0.0.1", port: port)], database: "hall", role: "machine1", password: password,
        rootCertificate: "\(cluster.folder)/\(authority).pem")
      return PostgresJournal(
        server, head: .origin, fence: nil, sealing: cluster.seal, log: .quiet, keep: { _ in })
    }
    let sound = journal("hall", "of-this-test")
    _ = try await sound.probe()
    #expect(try await sound.events(after: 0).isEmpty)
    let isEncrypted = try cluster.sql(
      "SELECT bool_and(ssl) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE usename = 'machine1'")
    #expect(isEncrypted == "t\n")
    for (refused, why) in [
      (journal("other", "of-this-test"), "certificate is not this hall's"), (journal("hall", "another"), "password"),
    ] {
      await #expect(throws: JournalFault.self) { _ = try await refused.probe() }
      #expect(refused.refusedServer?.problem.english.contains(why) == true)
    }
    do throws(PostgresConnection.Unreached) {
      _ = try PostgresConnection.open(
        [
          ("host", "127.0.0.1"), ("port", String(port)), ("dbname", "hall"), ("user", "machine1"),
          ("password", "of-this-test"), ("sslmode", "disable"),
        ], within: 4_000)
      Issue.record("plain text was taken")
    } catch {
      #expect(error.message.contains("no encryption"), "\(error.message)")
    }
  }
}
