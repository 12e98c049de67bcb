import FoundationEssentials

/// What the system says of its processes, in `/proc`.
enum ProcessTable {
    /// Whether a group has a member that is not a zombie.
    ///
    /// `kill(2)` cannot tell: it finds zombies, too, among them the leader that is kept for the number.
    static func isAlive(group: Int32) -> Bool {
        // Without `/proc` nobody is found, and the leader's exit counts alone.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.lazy.compactMap(Int32.init).contains { isAlive(process: $0, in: group) }
    }

    private static func isAlive(process: Int32, in group: Int32) -> Bool {
        // A process that cannot be read has gone since it was listed.
        guard let bytes = FileManager.default.contents(atPath: "/proc/\(process)/stat") else { return false }
        return isAlive(status: String(decoding: bytes, as: UTF8.self), in: group)
    }

    /// Reads the fields behind the program's name, which itself may hold spaces and parentheses: the state,
    /// the parent, the group.
    static func isAlive(status: String, in group: Int32) -> Bool {
        guard let name = status.lastIndex(of: ")") else { return false }
        let fields = status[name...].split(separator: " ").dropFirst().prefix(3)
        guard fields.count == 3, let state = fields.first, let own = fields.last.flatMap({ Int32($0) }) else {
            return false
        }
        return own == group && state != "Z" && state != "X"
    }
}
