/// Why the header fields of a request can never prove it authentic, whatever its body.
package struct HeadFault: Error, Hashable {
    /// For the operator's log, never for the answer; holds nothing of the request.
    package let reason: String

    package init(_ reason: String) { self.reason = reason }

    /// Why looking at a head fails; nil if it does not.
    package static func reason<Proof>(_ look: () throws(HeadFault) -> Proof) -> String? {
        do {
            _ = try look()
            return nil
        } catch {
            return error.reason
        }
    }
}
