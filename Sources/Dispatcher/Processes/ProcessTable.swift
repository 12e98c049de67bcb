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

    /// The zombies that are children of a process.
    static func zombies(of parent: Int32) -> [Int32] {
        // Without `/proc` nobody is found.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap(Int32.init).filter { process in
            guard let status = status(of: process) else { return false }
            return isZombie(status: status, of: parent)
        }
    }

    private static func isAlive(process: Int32, in group: Int32) -> Bool {
        status(of: process).map { isAlive(status: $0, in: group) } ?? false
    }

    /// Nil for a process that has gone since it was listed.
    private static func status(of process: Int32) -> String? {
        let bytes = FileManager.default.contents(atPath: "/proc/\(process)/stat")
        return bytes.map { String(decoding: $0, as: UTF8.self) }
    }

    /// Whether a status is that of a process of a group that is no zombie.
    static func isAlive(status: String, in group: Int32) -> Bool {
        guard let fields = fields(of: status) else { return false }
        return fields.group == group && fields.state != "Z" && fields.state != "X"
    }

    /// Whether a status is that of a zombie that a process has to reap.
    static func isZombie(status: String, of parent: Int32) -> Bool {
        guard let fields = fields(of: status) else { return false }
        return fields.parent == parent && fields.state == "Z"
    }

    /// Reads the fields behind the program's name, which itself may hold spaces and parentheses.
    private static func fields(of status: String) -> (state: Substring, parent: Int32, group: Int32)? {
        guard let name = status.lastIndex(of: ")") else { return nil }
        let fields = Array(status[name...].split(separator: " ").dropFirst().prefix(3))
        guard fields.count == 3, let parent = Int32(fields[1]), let group = Int32(fields[2]) else {
            return nil
        }
        return (fields[0], parent, group)
    }
}
