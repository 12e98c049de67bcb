import CProcess

/// The system's limit of this process's descriptors.
package enum DescriptorLimit {
    /// The highest soft limit that is asked for: more than anybody's connections take.
    private static let highest: UInt64 = 1 << 20

    /// The soft limit as it is; nil if the system does not say.
    package static var soft: UInt64? { limits?.soft }

    /// What the soft limit can be raised to.
    package static var attainable: UInt64 {
        // A system without limits has room.
        guard let limits else { return highest }
        return max(limits.soft, min(limits.hard, highest))
    }

    /// Raises the soft limit as far as `attainable` says; without success it stays.
    package static func raise() { _ = forgewire_set_descriptor_limit(attainable) }

    private static var limits: (soft: UInt64, hard: UInt64)? {
        var (soft, hard): (UInt64, UInt64) = (0, 0)
        // Both live as long as the call.
        return unsafe forgewire_descriptor_limits(&soft, &hard) == 0 ? (soft, hard) : nil
    }
}
