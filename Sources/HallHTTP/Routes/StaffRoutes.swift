import Groundwork
import HTTPTypes
import Hall
import Hummingbird
import Ports
import Registrar
import Views

/// Opening and closing the day, answering a help ring, a new roll.
struct StaffRoutes {
  let endpoint: CommandEndpoint

  func add(to router: Router<HallContext>) {
    let parts = endpoint.parts
    router.post("v1/help/:id/answer") { request, context in
      let id = context.parameters.get("id") ?? ""
      return try await endpoint.change(request, context, EmptyForm.self) { _ in
        .help(.answerHelp(id))
      } write: { _, _, json in
        json.object { json in
          json.field("id", id)
          json.field("state", "answered")
        }
      }
    }
    router.post("v1/help/:id/hear") { request, context in
      let id = context.parameters.get("id") ?? ""
      return try await endpoint.change(request, context, EmptyForm.self) { _ in
        .help(.hearHelp(id))
      } write: { _, _, json in
        json.object { json in
          json.field("id", id)
          json.field("state", "heard")
        }
      }
    }
    router.post("v1/kiosks/:id/roll") { request, context in
      let kiosk = context.parameters.get("id") ?? ""
      return try await endpoint.change(request, context, EmptyForm.self) { _ in
        .print(.changeRoll(kiosk: kiosk))
      } write: { _, views, json in
        views.roll(kiosk, into: &json)
      }
    }
    router.post("v1/day/open") { request, context in
      let now = parts.clock.now()
      return try await endpoint.change(request, context, OpenDayForm.self) { form in
        let date = parts.feed.rules.zone.civil(now).date
        return .day(
          .openDay(OpenDay(date: date, confirmed: form.confirm ?? false, closesOther: form.closeOther ?? false)))
      } write: { _, views, json in
        views.day(now: now, into: &json)
      }
    }
    router.post("v1/day/close") { request, context in
      let now = parts.clock.now()
      return try await endpoint.change(request, context, CloseDayForm.self) { form in
        .day(.closeDay(CloseDay(force: form.force ?? false)))
      } write: { _, views, json in
        views.day(now: now, into: &json)
      }
    }
  }
}
