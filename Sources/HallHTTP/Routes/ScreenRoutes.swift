import Accounts
import Hall
import HTTPTypes
import Hummingbird
import Ports
import Registrar
import Views

/// The idle screen with its question, and the screen read aloud, for kiosks.
struct ScreenRoutes {
  let endpoint: CommandEndpoint

  func add(to router: Router<HallContext>) {
    let parts = endpoint.parts
    router.get("v1/publicity") { _, _ in
      var screens = parts.screens()
      // The page that a coordinator arranged is shown first.
      if let page = await parts.registrar.read({ state, _ in state.arrangements.publicity?.what }) {
        screens.pages.insert(.text(title: page.title, lines: page.lines), at: 0)
      }
      return Response.json(Self.view(screens))
    }
    router.get("v1/publicity/:name") { _, context in
      let name = context.parameters.get("name") ?? ""
      for case .picture(let picture) in parts.screens().pages where picture.name == name {
        return Response.bytes(picture.bytes, type: picture.type)
      }
      throw Problem.notFound
    }
    router.post("v1/awareness") { request, context in
      try await endpoint.change(request, context, AwarenessForm.self) { form in
        .awareness(.answerAwareness(AwarenessAnswered(question: form.question, answer: form.answer)))
      } write: { _, _, json in
        json.object { $0.field("state", "counted") }
      }
    }
    router.post("v1/readings") { request, context in
      _ = try endpoint.kiosk(of: context, nil)
      let form = try RequestParser.read(ReadingForm.self, try await endpoint.body(request, context))
      guard (1...Reading.longest).contains(form.text.count) else {
        throw Problem.badRequest(
          "bad_reading", "朗读的文字为空或太长。", "The text is empty or longer than \(Reading.longest) characters.")
      }
      try endpoint.countDrawing(context)
      let reading = Reading(text: form.text, language: form.lang == "en" ? .english : .mandarin)
      guard let wave = await parts.reader?.wave(reading) else {
        throw Problem(
          .notFound, "cannot_speak", Problem.Words("不能语音朗读", "The hall cannot speak"),
          Problem.Words("请看屏幕，或请人帮忙。", "Read the screen, or ask for help."))
      }
      var response = Response.bytes(wave, type: "audio/wav")
      response.headers[.speechVolume] = String(parts.volume())
      return response
    }
  }

  private static func view(_ screens: Screens) -> [UInt8] {
    var json = JSONText()
    json.object { json in
      json.field("after_seconds", screens.afterSeconds)
      json.array("pages", screens.pages) { json, page in
        json.object { json in
          switch page {
          case .text(let title, let lines):
            json.field("title", title)
            json.strings("lines", lines)
            json.null("url")
          case .picture(let picture):
            json.null("title")
            json.strings("lines", [])
            json.field("url", "/v1/publicity/\(picture.name)")
          }
        }
      }
      guard let question = screens.question else {
        json.null("question")
        return
      }
      json.object("question") { json in
        json.field("id", question.id)
        json.field("ask", question.ask)
        json.strings("answers", question.answers)
      }
    }
    return json.bytes
  }
}

struct AwarenessForm: RequestForm {
  static let fields: Set<String> = ["question", "answer", "kiosk"]
  var question: String
  var answer: Int
  var kiosk: String?
}

struct ReadingForm: RequestForm {
  static let fields: Set<String> = ["text", "lang"]
  var text: String
  var lang: String?
}

/// The clerk at a window, for the small screen over it: badge and photo, a name only where the configuration says so
/// (docs/DATA.md).
struct ClerkRoutes {
  let endpoint: CommandEndpoint
  let board: BoardRoutes

  func add(to router: Router<HallContext>) {
    let parts = endpoint.parts
    router.get("v1/windows/:n/clerk") { request, context in
      try board.admit(request, context)
      let rules = parts.feed.rules
      guard let number = context.parameters.get("n").flatMap({ Int($0) }), let rule = rules.window(number) else {
        throw Problem.notFound
      }
      let shown = await shown(at: number)
      let badge = shown?.badge
      let sign = badge.flatMap { parts.screens().signs[$0] }
      var json = JSONText()
      json.object { json in
        json.field("badge", badge)
        let photo = badge.flatMap {
          parts.screens().photos[$0] != nil ? "/v1/windows/\(number)/photo?badge=\($0)" : nil
        }
        json.field("photo", photo)
        json.field("name", sign?.name)
        json.field("party_member", sign?.isPartyMember ?? false)
        json.field("substitute", shown?.isSubstitute ?? false)
        json.field("pause_text", rule.pauseText)
      }
      return Response.json(json.bytes)
    }
    // The badge in the URL is for the browser's cache only; the photo is always that of the present clerk.
    router.get("v1/windows/:n/photo") { request, context in
      try board.admit(request, context)
      let number = context.parameters.get("n").flatMap { Int($0) } ?? 0
      let badge = await shown(at: number)?.badge
      guard let picture = badge.flatMap({ parts.screens().photos[$0] }) else { throw Problem.notFound }
      return Response.bytes(picture.bytes, type: picture.type)
    }
    router.get("v1/awareness/counts") { _, context in
      _ = try context.requireStaff()
      return await endpoint.look { state, rules in
        var json = JSONText()
        json.object { json in
          json.field("question", rules.awareness?.ask)
          json.array("answers", Array((rules.awareness?.answers ?? []).enumerated())) { json, answer in
            json.object { json in
              json.field("answer", answer.element)
              json.field("count", state.awareness.counts[rules.awareness?.id ?? ""]?[answer.offset] ?? 0)
            }
          }
        }
        return json.bytes
      }
    }
  }

  private func shown(at window: Int) async -> ShownClerk? {
    let now = await endpoint.parts.time().at
    return await endpoint.parts.registrar.read { state, rules in state.shownClerk(at: window, rules, at: now) }
  }
}
