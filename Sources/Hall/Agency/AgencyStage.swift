/// Where an agency case stands (代办件状态).
package enum AgencyStage: String, Hashable, Sendable, CaseIterable {
  /// 已委托.
  case entrusted
  /// 已受理: the agent has looked at the papers.
  case taken
  /// 已出发: on its way to the town with a batch.
  case carried
  /// 镇街在办.
  case inTown = "in_town"
  /// 待送达: the town has finished.
  case ready
  /// 已送达.
  case delivered
  /// 已归档.
  case filed
  /// 不予代办.
  case declined
  /// 终止中: ended, and an original is still to be given back.
  case ending
  /// 已终止.
  case ended

  package var hasEnded: Bool {
    switch self {
    case .entrusted, .taken, .carried, .inTown, .ready, .delivered, .ending: false
    case .filed, .declined, .ended: true
    }
  }

  /// Whether the authority is in force, so that it may be ended or renewed.
  package var isInForce: Bool {
    switch self {
    case .entrusted, .taken, .carried, .inTown, .ready: true
    case .delivered, .filed, .declined, .ending, .ended: false
    }
  }

  package var chinese: String {
    switch self {
    case .entrusted: "已委托"
    case .taken: "已受理"
    case .carried: "已出发"
    case .inTown: "镇街在办"
    case .ready: "待送达"
    case .delivered: "已送达"
    case .filed: "已归档"
    case .declined: "不予代办"
    case .ending: "终止中"
    case .ended: "已终止"
    }
  }
}

/// Why an agent does not carry a matter.
package enum AgencyDecline: String, Hashable, Sendable, CaseIterable {
  /// 须本人办理.
  case inPerson = "in_person"
  /// 材料不齐, and the principal does not bring the rest.
  case papers
  /// 不在镇街办.
  case elsewhere
  /// 本人不愿继续 is an end, not this.
  case other
}

/// Who ends an authority (民法典 第一百七十三条).
package enum AgencyEnder: String, Hashable, Sendable, CaseIterable {
  case principal, agent
  /// The death of the principal or of the agent.
  case death
  /// 无法办理.
  case impossible

  package var chinese: String {
    switch self {
    case .principal: "委托人取消委托"
    case .agent: "代办员辞去委托"
    case .death: "委托人或代办员去世"
    case .impossible: "无法办理"
    }
  }
}

/// What a principal says when they are asked (回访): the five levels of 好差评.
package enum AgencyAnswer: String, Hashable, Sendable, CaseIterable {
  case verySatisfied = "very_satisfied"
  case satisfied
  case basicallySatisfied = "basically_satisfied"
  case dissatisfied
  case veryDissatisfied = "very_dissatisfied"
  case notReached = "not_reached"
}

package enum AgencyAsking: String, Hashable, Sendable, CaseIterable { case phone, visit }
