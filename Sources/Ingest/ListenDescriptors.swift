/// The listening sockets that a service manager hands over (sd_listen_fds(3)).
package enum ListenDescriptors {
    /// The first descriptor that is handed over, by convention.
    private static let first: CInt = 3
    /// More than anyone hands over; a larger number is a mistake.
    private static let countMax: CInt = 256

    /// The descriptors meant for this process; none where the variables are missing, malformed or meant for
    /// another.
    package static func parse(environment: [String: String], processID: CInt) -> [CInt] {
        guard environment["LISTEN_PID"].flatMap({ CInt($0) }) == processID,
            let count = environment["LISTEN_FDS"].flatMap({ CInt($0) }),
            (1...countMax).contains(count)
        else { return [] }
        return Array(first..<(first + count))
    }
}
