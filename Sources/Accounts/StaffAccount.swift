package import Hall

/// A member of the staff who can sign in.
package struct StaffAccount: Hashable, Sendable {
  package let member: StaffMember
  /// The format of `Sealing.hashSecret`.
  package let secretHash: String

  package init(_ member: StaffMember, secretHash: String) {
    self.member = member
    self.secretHash = secretHash
  }
}
