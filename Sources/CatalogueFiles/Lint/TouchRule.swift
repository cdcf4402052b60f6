import Hall
import YAMLDocuments

/// The touches that a resident needs at a kiosk: the department, the item, an answer per question, 打印告知单.
///
/// For an item with several questions the answers of one are shown beside its name, so two questions take four touches.
enum TouchRule {
  /// The room of one page for one department's lines, in the largest letters on a small panel: six lines, in two columns.
  ///
  /// A line takes 2 of it, and a line with answers 3.
  static let room = 12
  static let lineTakes = 2
  static let askingTakes = 3
  /// The most lines of answers to one question on one such page.
  static let answersOnAPage = 6

  static func check(_ item: Item, _ table: YAMLTable) {
    let location = table.location(
      of: item.questions.count > 1 || table.node("questions") != nil ? "questions" : "situations")
    let touches = item.touches
    if let many = item.questions.first(where: \.isMarkedOneByOne), touches > Item.mostTouches {
      table.log.warn(
        location,
        "“\(item.name)” cannot be done in \(Item.mostTouches) touches: “\(many.ask ?? many.key)” has "
          + "\(many.situations.count) answers that hold together, and each is marked by itself",
        "ask about two at most, or of exactly one answer (`choose: one`)",
        zh:
          "“\(item.name)”\(Item.mostTouches) 次触摸办不完：“\(many.ask ?? many.key)”有 \(many.situations.count) 个可以同时选的答案，要一个个点："
          + "最多问两个，或改成单选（choose: one）")
    } else if touches > Item.mostTouches {
      let isOneOfTwo = item.listedQuestion == nil && item.questions.count == 2
      table.log.warn(
        location,
        "“\(item.name)” cannot be done in \(Item.mostTouches) touches: the department, the item, its questions "
          + "(\(item.questions.count)) and 打印告知单",
        isOneOfTwo
          ? "let one of the two questions have exactly one answer (`choose: one`); its answers then stand beside the name"
          : "ask two questions at most, or write the cases as items of their own",
        zh: "“\(item.name)”\(Item.mostTouches) 次触摸办不完（部门、事项、\(item.questions.count) 个问题、打印告知单）："
          + (isOneOfTwo ? "两个问题中有一个改成单选（choose: one），答案就排在事项名称旁边" : "最多问两个问题，或把几种情形写成几个事项"))
    }
    for question in item.questions where question.situations.count > answersOnAPage {
      table.log.warn(
        location,
        "“\(question.ask ?? item.name)” has \(question.situations.count) answers, which may take a page to turn",
        "ask with \(answersOnAPage) answers at most",
        zh: "“\(question.ask ?? item.name)”有 \(question.situations.count) 个答案，可能要翻页：最多写 \(answersOnAPage) 个答案")
    }
  }

  /// An item with four touches must be on the first page of its department, because turning a page would be the fifth.
  ///
  /// - Parameter items: those of one department, in the catalogue's order.
  static func check(department: String, _ items: [(table: YAMLTable, item: Item)]) {
    let needing = items.filter { $0.item.touches >= Item.mostTouches }
    var taken = 0
    let beyond = needing.first { one in
      taken += one.item.listedQuestion == nil ? lineTakes : askingTakes
      return taken > room
    }
    guard let beyond else { return }
    beyond.table.log.warn(
      beyond.table.location(of: "category"),
      "“\(department)” has \(needing.count) items with questions; on small panels a page is turned to see the last",
      "divide the department, or name what people come for most under `frequent` in the configuration",
      zh: "“\(department)”有 \(needing.count) 个要提问的事项，小屏幕上要翻页才看得到后面的：把部门分开，或在配置的 frequent（常办）里写上来办得最多的")
  }
}
