/// The role of a member of the staff.
package enum StaffRole: String, Hashable, Sendable {
  /// 窗口人员.
  case clerk
  /// 代办员.
  case agent
  /// 统筹人员.
  case coordinator
  /// 区级监督.
  case supervisor
}
