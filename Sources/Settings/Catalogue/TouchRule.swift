import Hall

/// How many touches a resident needs at a kiosk: the department, the item, an answer a question, 打印告知单.
///
/// Of an item with several questions the answers of one stand beside its name, so two questions are four touches.
enum TouchRule {
  /// Items of one department that a kiosk shows without a page to turn, in its largest letters on a small panel.
  static let itemsOnAPage = 8
  /// Lines of answers that one question shows without a page to turn, there.
  static let answersOnAPage = 6

  static func check(_ item: Item, _ table: Table) {
    let place = table.place(of: item.questions.count > 1 || table.node("questions") != nil ? "questions" : "situations")
    let touches = item.touches
    if let many = item.questions.first(where: \.isMarkedOneByOne), touches > Item.mostTouches {
      table.log.warn(
        place,
        "“\(item.name)” cannot be done in \(Item.mostTouches) touches: “\(many.ask ?? many.key)” has "
          + "\(many.situations.count) answers that hold together, and each is marked by itself",
        "ask about two at most, or of exactly one answer (`choose: one`)")
    } else if touches > Item.mostTouches {
      table.log.warn(
        place,
        "“\(item.name)” cannot be done in \(Item.mostTouches) touches: the department, the item, its questions "
          + "(\(item.questions.count)) and 打印告知单",
        item.listedQuestion == nil && item.questions.count == 2
          ? "let one of the two questions have exactly one answer (`choose: one`); its answers then stand beside the name"
          : "ask two questions at most, or write the cases as items of their own")
    }
    for question in item.questions where question.situations.count > answersOnAPage {
      table.log.warn(
        place, "“\(question.ask ?? item.name)” has \(question.situations.count) answers, which may take a page to turn",
        "ask with \(answersOnAPage) answers at most")
    }
  }

  /// - Parameter items: those of one department, in the catalogue's order.
  static func check(department: String, _ items: [(table: Table, item: Item)]) {
    guard items.count > itemsOnAPage, let first = items.dropFirst(itemsOnAPage).first else { return }
    guard items.contains(where: { $0.item.touches == Item.mostTouches }) else { return }
    first.table.log.warn(
      first.table.place(of: "category"),
      "“\(department)” has \(items.count) items; on small panels a page is turned to see the last",
      "divide the department, or name what people come for most under `frequent` in the configuration")
  }
}
