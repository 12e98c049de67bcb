import Foundation
import TestKit
import Testing

@testable import Daemon

@Suite("Notifications to systemd")
struct SystemdNotifierTests {
    @Test("Ready and stopping are one line each")
    func states() throws {
        let folder = try TemporaryFolder()
        let socket = try DatagramSocket(path: folder.path("notify"))
        let notifier = SystemdNotifier(environment: ["NOTIFY_SOCKET": folder.path("notify")])
        notifier.notify(.ready)
        notifier.notify(.stopping)
        #expect(socket.receive() == "READY=1")
        #expect(socket.receive() == "STOPPING=1")
        #expect(socket.receive() == nil)
    }

    @Test("A text for people is one line, whatever is in it, so that it sets nothing else")
    func status() throws {
        let folder = try TemporaryFolder()
        let socket = try DatagramSocket(path: folder.path("notify"))
        let notifier = SystemdNotifier(environment: ["NOTIFY_SOCKET": folder.path("notify")])
        notifier.notify(.ready, status: "a\nMAINPID=1\u{85}b")
        notifier.notify(nil, status: String(repeating: "x", count: 1000))
        #expect(socket.receive() == "READY=1\nSTATUS=a MAINPID=1 b")
        #expect(socket.receive() == "STATUS=" + String(repeating: "x", count: 200))
    }

    @Test("A reload tells the monotonic time of its begin")
    func reloading() throws {
        let folder = try TemporaryFolder()
        let socket = try DatagramSocket(path: folder.path("notify"))
        let before = Self.monotonicMicroseconds()
        SystemdNotifier(environment: ["NOTIFY_SOCKET": folder.path("notify")]).notify(.reloading)
        let after = Self.monotonicMicroseconds()
        let lines = try #require(socket.receive()).split(separator: "\n")
        #expect(lines.first == "RELOADING=1")
        #expect(lines.count == 2)
        let key = "MONOTONIC_USEC="
        let time = try #require(lines.last?.hasPrefix(key) == true ? lines.last : nil)
        #expect((before...after).contains(try #require(Int(time.dropFirst(key.count)))))
    }

    @Test("A leading @ names a socket without a file")
    func abstractName() throws {
        let name = "@forgewire-\(UUID().uuidString)"
        let socket = try DatagramSocket(path: name)
        SystemdNotifier(environment: ["NOTIFY_SOCKET": name]).notify(.ready)
        #expect(socket.receive() == "READY=1")
    }

    @Test("Without the variable, or with an empty one, nothing is sent", arguments: [nil, ""])
    func noVariable(value: String?) throws {
        let folder = try TemporaryFolder()
        let socket = try DatagramSocket(path: folder.path("notify"))
        var environment = ["OTHER_SOCKET": folder.path("notify")]
        environment["NOTIFY_SOCKET"] = value
        SystemdNotifier(environment: environment).notify(.ready)
        #expect(socket.receive() == nil)
    }

    @Test("The longest path is used; a longer one is not cut off to another's path")
    func longPath() throws {
        let folder = try TemporaryFolder()
        let length = DatagramSocket.pathBytesMax - folder.path("").utf8.count
        let path = folder.path(String(repeating: "n", count: length))
        #expect(path.utf8.count == DatagramSocket.pathBytesMax)
        let socket = try DatagramSocket(path: path)
        for excess in [1, 2, 4096] {
            let longer = path + String(repeating: "n", count: excess)
            SystemdNotifier(environment: ["NOTIFY_SOCKET": longer]).notify(.stopping)
        }
        #expect(socket.receive() == nil)
        SystemdNotifier(environment: ["NOTIFY_SOCKET": path]).notify(.ready)
        #expect(socket.receive() == "READY=1")
    }

    @Test("A socket that is gone does not disturb, and one that comes back is told")
    func noSocket() throws {
        let folder = try TemporaryFolder()
        let notifier = SystemdNotifier(environment: ["NOTIFY_SOCKET": folder.path("notify")])
        notifier.notify(.ready)
        let socket = try DatagramSocket(path: folder.path("notify"))
        notifier.notify(.stopping)
        #expect(socket.receive() == "STOPPING=1")
        #expect(socket.receive() == nil)
    }

    private static func monotonicMicroseconds() -> Int {
        var time = timespec()
        // The structure is this function's own.
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1_000_000 + time.tv_nsec / 1000
    }
}
