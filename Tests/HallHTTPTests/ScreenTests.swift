import Groundwork
import Hall
import HallHTTP
import Testing
import TestKit

/// The routes around a visit: the list for given answers, the idle screen's question, the clerk at a window.
@Suite("Screens over HTTP")
struct ScreenTests {
  @Test("the list is for exactly the answers given, and a key that the item does not have is refused")
  func checklist() async throws {
    try await LiveHall.with { live in
      let open = try await HTTP.get(live.kiosk, "/v1/items/RS-004/checklist")
      #expect(open.status == 200 && open["question.key"] == "situation" && open["question.choose"] == "one")
      let told = try await HTTP.get(live.hall, "/v1/items/RS-004/checklist?answers=self")
      #expect(told.status == 200 && told["question"] == "null")
      for (answers, status, code) in [
        ("nobody", 422, "unknown_situation"), ("self,self", 400, "bad_situations"),
        (String(repeating: "x", count: 1025), 400, "query_too_long"),
      ] {
        let refused = try await HTTP.get(live.kiosk, "/v1/items/RS-004/checklist?answers=\(answers)")
        #expect(refused.status == status && refused["code"] == code, "\(answers.prefix(9))")
      }
      #expect(try await HTTP.get(live.kiosk, "/v1/items/XX-1/checklist").status == 404)
    }
  }

  @Test("the screen is read only within bounds, and a hall without a voice says so")
  func readings() async throws {
    try await LiveHall.with { live in
      let silent = try await HTTP.post(live.kiosk, "/v1/readings", #"{"text":"您好"}"#)
      #expect(silent.status == 404 && silent["code"] == "cannot_speak")
      for text in ["", String(repeating: "长", count: 161)] {
        let refused = try await HTTP.post(live.kiosk, "/v1/readings", #"{"text":"\#(text)"}"#)
        #expect(refused.status == 400 && refused["code"] == "bad_reading")
      }
      #expect(try await HTTP.post(live.hall, "/v1/readings", #"{"text":"您好"}"#).status == 404)
    }
  }

  @Test("without a question there is nothing to count, and only staff see counts")
  func awareness() async throws {
    try await LiveHall.with { live in
      let answer = try await HTTP.post(live.kiosk, "/v1/awareness", #"{"question":"00ab34cd56ef7890","answer":0}"#)
      #expect(answer.status == 422 && answer["code"] == "unknown_question")
      #expect(try await HTTP.get(live.hall, "/v1/awareness/counts").status == 401)
      let clerk = try await live.signIn("AJ001", window: 1)
      let counts = try await HTTP.get(live.hall, "/v1/awareness/counts", cookie: clerk)
      #expect(counts.status == 200 && counts["question"] == "null")
      let shown = try await HTTP.get(live.kiosk, "/v1/publicity")
      #expect(shown.status == 200 && shown["question"] == "null")
      #expect(try await HTTP.get(live.kiosk, "/v1/publicity/x.png").status == 404)
    }
  }

  @Test("who sits at a window is told to its board and to staff only")
  func clerk() async throws {
    try await LiveHall.with { live in
      #expect(try await HTTP.get(live.hall, "/v1/windows/1/clerk").status == 401)
      #expect(try await HTTP.get(live.hall, "/v1/windows/1/photo").status == 401)
      let clerk = try await live.signIn("AJ001", window: 1)
      let told = try await HTTP.get(live.hall, "/v1/windows/1/clerk", cookie: clerk)
      #expect(told["badge"] == "AJ001" && told["photo"] == "null")
      #expect(try await HTTP.get(live.hall, "/v1/windows/1/photo", cookie: clerk).status == 404)
      #expect(try await HTTP.get(live.hall, "/v1/windows/2/clerk", cookie: clerk)["badge"] == "null")
      #expect(try await HTTP.get(live.hall, "/v1/windows/99/clerk", cookie: clerk).status == 404)
      #expect(told["name"] == "null" && told["party_member"] == "false" && told["substitute"] == "false")
      let chief = try await live.signIn("AJ100")
      let day = ZoneOffset.beijing.civil(live.clock.now()).date
      let note = #"{"badge":"AJ001","date":"\#(day)","kind":"substitute","substituted":"AJ002"}"#
      #expect(try await HTTP.post(live.hall, "/v1/attendance/notes", note, cookie: chief).status == 201)
      let standing = try await HTTP.get(live.hall, "/v1/windows/1/clerk", cookie: clerk)
      #expect(standing["badge"] == "AJ001" && standing["substitute"] == "true")
    }
  }
}
