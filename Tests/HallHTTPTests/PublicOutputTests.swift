import CatalogueFiles
import Desks
import Hall
import HallHTTP
import Ports
import Registrar
import Slips
import Testing
import TestKit
import Views
import YAMLDocuments

/// Goal: nobody in the hall learns from a screen, the voice or a slip left on a chair what somebody else came for (PIPL
/// art. 28). Method: a whole visit and a notice for every item of the catalogue that comes with the package, over the
/// real listeners; everything that a board, another kiosk, the voice and the ticket's paper received is searched for
/// the item.
@Suite("What the public sees of an item")
struct PublicOutputTests {
  private static func catalogue() throws -> Catalogue {
    let folder = Repository.path("packaging/reference/")
    let pinyin = try #require(PinyinTable.load(folder + "pinyin.tsv").value)
    return try #require(CatalogueFile.load(folder + "catalogue.yaml", pinyin: pinyin, sealing: PlainSeal()).value)
  }

  /// Words that reveal an item: its name, its code, its aliases, the names of its papers and why it is sensitive.
  private static func secrets(of item: Item) -> [String] {
    [item.name, item.code] + item.aliases + item.materials.map(\.name) + item.situations.map(\.label)
      + [item.sensitivity, item.english?.name, item.isSensitive ? item.category : nil].compactMap(\.self)
  }

  /// The texts of a document that a person or a scanner reads.
  private static func texts(_ document: SlipDocument) throws -> String {
    String(decoding: try document.canonicalBytes(), as: UTF8.self)
  }

  @Test("no public output names an item, its papers or why somebody goes first, for every item of the catalogue")
  func everyItem() async throws {
    let catalogue = try Self.catalogue()
    #expect(catalogue.items.count > 20 && catalogue.items.contains(where: \.isSensitive))
    try await LiveHall.with(rules: .test(catalogue: catalogue)) { live in
      let enter = try await HTTP.get(live.hall, "/board/enter?token=board-token-of-the-test")
      let cookie = enter.headers["set-cookie"]?.split(separator: ";").first.map(String.init) ?? ""
      let board = try FeedListener(live.hall, "/v1/feed/public", cookie: cookie)
      let other = try FeedListener(live.kiosk, "/v1/feed/kiosk?kiosk=kiosk-2")
      _ = try #require(try await board.next())
      _ = try #require(try await other.next())
      var clerks: [Int: String] = [:]
      for window in [1, 4] { clerks[window] = try await live.signIn("AJ00\(window)", window: window) }
      for item in catalogue.items {
        let lane = await live.registrar.rules.lane(for: item)?.description
        let window = lane == "E" ? 4 : 1
        let clerk = try #require(clerks[window])
        let body = #"{"items":["\#(item.code)"],"priority":true,"kiosk":"kiosk-1","insist":true}"#
        #expect(try await HTTP.post(live.kiosk, "/v1/tickets", body).status == 201, "\(item.code)")
        #expect(
          try await HTTP.post(live.kiosk, "/v1/notices", #"{"item":"\#(item.code)","kiosk":"kiosk-1"}"#).status == 201)
        for verb in ["calls", "recall", "serve", "suspend"] {
          let answer = try await HTTP.post(live.hall, "/v1/windows/\(window)/\(verb)", "{}", cookie: clerk)
          #expect(answer.status < 300, "\(verb) \(item.code)")
        }
        let ticket = try #require(await live.registrar.state.queue.suspended.first)
        for verb in ["resume", "finish"] {
          let body = verb == "resume" ? #"{"ticket":"\#(ticket)"}"# : "{}"
          let answer = try await HTTP.post(live.hall, "/v1/windows/\(window)/\(verb)", body, cookie: clerk)
          #expect(answer.status < 300, "\(verb) \(item.code)")
        }
        var heard = ""
        for reader in [board, other] {
          while let frame = try await reader.next() {
            heard += frame.data + "\n"
            if frame.event == "ticketFinished" { break }
          }
        }
        let paper = try await Self.paper(of: ticket, live)
        let voice = try await Self.voice(of: ticket, at: window, live)
        for secret in Self.secrets(of: item) + ["priority", "优先"] {
          #expect(!heard.contains(secret), "\(item.code): a screen says \(secret): \(heard)")
          #expect(!paper.contains(secret), "\(item.code): the slip says \(secret)")
          #expect(!voice.contains(secret), "\(item.code): the voice says \(secret)")
        }
      }
    }
  }

  /// The ticket's slip as drawn, and its job name in a printing system.
  private static func paper(of ticket: PublicCode, _ live: LiveHall) async throws -> String {
    let written = await live.registrar.read { state, rules in
      state.tickets[ticket]?.slip.flatMap { state.print.slips[$0] }.flatMap { slip in
        SlipWriter().document(for: slip, state, rules).map { (slip.id, $0) }
      }
    }
    let (id, document) = try #require(written)
    let attempt = Attempt(slip: id, number: 1)
    return try texts(document) + " \(attempt.slip) \(attempt.number)"
  }

  private static func voice(of ticket: PublicCode, at window: Int, _ live: LiveHall) async throws -> String {
    let number = try #require(await live.registrar.state.tickets[ticket]?.number)
    return [Announcement.Language.mandarin, .english].map {
      "\(Announcement(number: number, window: window, language: $0))"
    }.joined()
  }

  @Test("a notice says its item, for that is what it is for; its number, its code and its slip's name say nothing")
  func noticeNames() async throws {
    let catalogue = try Self.catalogue()
    try await LiveHall.with(rules: .test(catalogue: catalogue)) { live in
      for item in catalogue.items {
        _ = try await HTTP.post(live.kiosk, "/v1/notices", #"{"item":"\#(item.code)","kiosk":"kiosk-1"}"#)
      }
      for notice in await live.registrar.state.notices.recent.values {
        let item = try #require(catalogue.item(notice.item))
        let names = "\(notice.number) \(notice.code) \(notice.slip?.text ?? "")"
        for secret in Self.secrets(of: item) { #expect(!names.contains(secret)) }
        #expect(notice.slip != nil)
      }
    }
  }
}
