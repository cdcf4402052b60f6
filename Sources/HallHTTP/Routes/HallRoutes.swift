import Glibc
import Hall
import Hummingbird
import Ports
import Slips
import Views

/// Public information: the hall and its items.
struct HallRoutes {
  let endpoint: CommandEndpoint

  func add(to router: Router<HallContext>) {
    let parts = endpoint.parts
    router.get("v1/hall") { _, _ in
      let faults = await parts.faults()
      let now = await parts.time()
      return await endpoint.lookShown { state, rules in
        HallViews(state, rules).hall(now: now, faults: faults, frequent: parts.frequent(), demo: parts.demo)
      }
    }
    router.get("v1/items") { request, _ in
      let query = request.uri.queryParameters.get("q") ?? ""
      let department = request.uri.queryParameters.get("department")
      guard query.utf8.count <= 256, (department?.utf8.count ?? 0) <= 256 else {
        throw Problem.badRequest("query_too_long", "查询太长。", "The query is too long: 256 bytes at most.")
      }
      #if DEBUG
        // The control of Tests/api: a planted fault that its run has to find.
        if Self.hasPlantedFault, query.unicodeScalars.contains(where: { $0.value < 32 }) { throw PlantedFault() }
      #endif
      let rules = parts.feed.rules
      // The code on a poster names its item.
      let scanned = CodePayload.item(in: query, of: rules.catalogue).map { [$0] }
      let codes = scanned ?? parts.search(query, department, rules)
      return Response.json(ItemViews(rules).list(codes.compactMap(rules.catalogue.item)))
    }
    router.get("v1/search") { _, _ in Response.json(parts.searchTable().json) }
    router.get("v1/items/:code") { _, context in
      let rules = parts.feed.rules
      guard let item = context.parameters.get("code").flatMap(rules.catalogue.item) else { throw Problem.unknownItem }
      return Response.json(ItemViews(rules).whole(item))
    }
    router.get("v1/items/:code/checklist") { request, context in
      let rules = parts.feed.rules
      guard let item = context.parameters.get("code").flatMap(rules.catalogue.item) else { throw Problem.unknownItem }
      let text = request.uri.queryParameters.get("answers") ?? ""
      guard text.utf8.count <= 1024 else {
        throw Problem.badRequest("query_too_long", "查询太长。", "The query is too long: 1024 bytes at most.")
      }
      let answers = text.split(separator: ",").map(String.init)
      try SituationRule.check(answers)
      for key in answers where !item.knows(answer: key) {
        throw Problem(Refusal.notice(.unknownSituation(key)), zone: rules.zone)
      }
      return Response.json(ItemViews(rules).checklist(item, answers))
    }
    router.get("v1/bundles") { _, _ in Response.json(ItemViews(parts.feed.rules).bundles()) }
    router.get("v1/bundles/:code") { _, context in
      let rules = parts.feed.rules
      guard let bundle = context.parameters.get("code").flatMap(rules.catalogue.bundle) else {
        throw Problem.unknownBundle
      }
      return Response.json(ItemViews(rules).whole(bundle))
    }
    router.get("v1/openapi.yaml") { _, _ in Response.bytes(parts.openAPI, type: "application/yaml") }
  }
}

/// The limit on answers in one request.
enum SituationRule {
  static let most = 16

  static func check(_ situations: [String]) throws(Problem) {
    guard situations.count <= most, Set(situations).count == situations.count else {
      throw .badRequest("bad_situations", "情形重复或太多。", "Situations are repeated or too many.")
    }
  }
}

#if DEBUG
  extension HallRoutes {
    struct PlantedFault: Error {}
    static let hasPlantedFault = getenv("YICHUANG_TEST_PLANT_FAULT") != nil
  }
#endif

extension Problem {
  static let unknownItem = Problem(
    .notFound, "unknown_item", Words("没有这个事项", "There is no such item"),
    Words("请从目录中选择。", "Choose one of the catalogue."))
  static let unknownBundle = Problem(
    .notFound, "unknown_bundle", Words("没有这个“一件事”", "There is no such bundle"),
    Words("请从目录中选择。", "Choose one of the catalogue."))
}
