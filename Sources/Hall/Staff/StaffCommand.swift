/// Commands about the staff.
package enum StaffCommand: Hashable, Sendable {
  /// Somebody has signed in; only the daemon says so.
  case signIn(StaffSignedIn)
  /// Somebody's session ended; without effect where nobody with this badge is signed in at this workplace.
  case signOut(StaffSignedOut)
  case planDuty(DutyPlanned)
  case withdrawPlan(DutyPlanWithdrawn)
  case noteAttendance(AttendanceNoted)
  case noteInspection(InspectionNoted)
  /// A table of plans, all or none: 1...`DutyTable.mostPlans`.
  case planDuties([DutyPlanned])
}
