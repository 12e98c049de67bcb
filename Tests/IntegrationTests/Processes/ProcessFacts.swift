import Foundation
import Subprocess
import SystemPackage

/// What the system says of a process.
struct ProcessFacts {
    let processID: Int32

    /// The variables that it was started with, as the system shows them.
    var environment: String {
        get throws {
            String(decoding: try Data(contentsOf: URL(filePath: "/proc/\(processID)/environ")), as: UTF8.self)
        }
    }

    /// The time of processors that all of its threads have used.
    var processorTime: Duration {
        get throws {
            let status = try String(contentsOfFile: "/proc/\(processID)/stat", encoding: .utf8)
            let fields = status.split(separator: ")").last?.split(separator: " ") ?? []
            // The fields 14 and 15; behind the name the third one comes first.
            let ticks = fields.dropFirst(11).prefix(2).compactMap { Int($0) }.reduce(0, +)
            return .milliseconds(ticks * 1000 / sysconf(Int32(_SC_CLK_TCK)))
        }
    }

    /// How many descriptors it has.
    var descriptors: Int {
        get throws { try FileManager.default.contentsOfDirectory(atPath: "/proc/\(processID)/fd").count }
    }

    /// The processes that it has started.
    var children: [Int32] {
        get throws {
            let threads = "/proc/\(processID)/task"
            return try FileManager.default.contentsOfDirectory(atPath: threads).flatMap { thread in
                // A thread that has ended since has no children.
                let list = try? String(contentsOfFile: "\(threads)/\(thread)/children", encoding: .utf8)
                return (list ?? "").split(separator: " ").compactMap { Int32($0) }
            }
        }
    }

    /// The soft limit of its descriptors.
    func softLimit() throws -> String {
        let limits = try String(contentsOfFile: "/proc/\(processID)/limits", encoding: .utf8)
        let line = limits.split(separator: "\n").first { $0.hasPrefix("Max open files") } ?? ""
        return line.split(separator: " ").dropFirst(3).first.map(String.init) ?? ""
    }

    /// Lowers the soft limit of its descriptors so far that only so many are left.
    func leaveDescriptors(_ left: Int) async throws {
        let open = Set(try FileManager.default.contentsOfDirectory(atPath: "/proc/\(processID)/fd"))
        let free = (0...).lazy.filter { !open.contains("\($0)") }.prefix(left + 1)
        try await setSoftLimit("\(Array(free)[left])")
    }

    /// Changes the soft limit of its descriptors.
    func setSoftLimit(_ limit: String) async throws {
        _ = try await Subprocess.run(
            .name("prlimit"),
            arguments: ["--pid", "\(processID)", "--nofile=\(limit):"],
            output: .discarded
        )
    }
}
