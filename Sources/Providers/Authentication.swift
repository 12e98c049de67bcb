/// Whether a request proved authentic.
package enum Authentication: Hashable, Sendable {
    /// It did.
    case verified(by: String)
    /// It did not. The reason is for the operator's log, never for the answer, and holds nothing of the
    /// request.
    case refused(reason: String)

    /// What stands in `deliveries.verified_by` where a source takes deliveries unverified.
    package static let unverified = Authentication.verified(by: "none")
}
