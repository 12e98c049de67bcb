import InMemoryLogging
import Ingest
import Logging
import Outbox
import Settings
import TestKit
import Testing

@testable import Daemon

@Suite("How far the daemon is")
struct DaemonStatusTests {
    private static let address = SocketAddressSetting.tcp(host: "127.0.0.1", port: 8787)

    /// A daemon that starts, what systemd hears of it, and what its log has.
    private struct Bench {
        let status: DaemonStatus
        let readiness: Readiness
        let systemd: DatagramSocket
        let log = InMemoryLogHandler()

        private let folder: TemporaryFolder
        private let outbox: Outbox

        init(isFromSystemd: Bool = false) throws {
            folder = try TemporaryFolder()
            outbox = try Outbox(path: folder.path("outbox.db"))
            systemd = try DatagramSocket(path: folder.path("notify"))
            readiness = Readiness(outbox: outbox)
            status = DaemonStatus(
                readiness: readiness,
                notifier: SystemdNotifier(environment: ["NOTIFY_SOCKET": folder.path("notify")]),
                configured: [address],
                isFromSystemd: isFromSystemd,
                logger: Logger(label: "test") { [log] _ in log }
            )
        }

        func close() { outbox.close() }

        func start(_ addresses: ListenAddress...) {
            status.ingestOpened(addresses)
            status.adminOpened("127.0.0.1:8788")
            status.controlOpened()
        }
    }

    @Test("It is ready when ingest, the admin address and the control socket are open, and not before")
    func ready() async throws {
        let bench = try Bench()
        defer { bench.close() }
        bench.status.ingestOpened([.tcp(host: "127.0.0.1", port: 8787)])
        #expect(await bench.status.ingestIsOpen.isPassed())
        bench.status.adminOpened("127.0.0.1:8788")
        #expect(await bench.status.adminIsOpen.isPassed())
        #expect(bench.systemd.receive() == nil)
        #expect(await !bench.readiness.isReady())
        bench.status.controlOpened()
        #expect(await bench.status.isReady.isPassed())
        #expect(await bench.readiness.isReady())
        #expect(bench.systemd.receive() == "READY=1\nSTATUS=Takes deliveries on 127.0.0.1:8787")
        bench.status.stopping()
        #expect(await !bench.readiness.isReady())
        #expect(bench.systemd.receive()?.hasPrefix("STOPPING=1\nSTATUS=") == true)
    }

    @Test("A start that ends before all is there is never told as ready")
    func givenUp() async throws {
        let bench = try Bench()
        defer { bench.close() }
        bench.status.stopping()
        bench.start(.tcp(host: "127.0.0.1", port: 8787))
        #expect(bench.systemd.receive() == nil)
        #expect(!bench.status.hasStarted)
        #expect(await !bench.status.isReady.isPassed())
    }

    @Test("A reload is told with its begin and its end, and why it was refused")
    func reload() throws {
        let bench = try Bench()
        defer { bench.close() }
        bench.start(.tcp(host: "127.0.0.1", port: 8787))
        _ = bench.systemd.receive()
        bench.status.reloading()
        bench.status.reloaded(problem: "f.yml:1:1: what\nf.yml:2:1: why")
        #expect(bench.systemd.receive()?.hasPrefix("RELOADING=1\nMONOTONIC_USEC=") == true)
        let refused = "the configuration was not taken: f.yml:1:1: what f.yml:2:1: why"
        #expect(bench.systemd.receive() == "READY=1\nSTATUS=Takes deliveries on 127.0.0.1:8787; \(refused)")
        bench.status.stopping()
        _ = bench.systemd.receive()
        bench.status.reloaded(problem: nil)
        #expect(bench.systemd.receive() == nil)
    }

    @Test("A socket from systemd that the configuration does not name is told at the start")
    func otherSocket() throws {
        let bench = try Bench(isFromSystemd: true)
        defer { bench.close() }
        bench.start(.tcp(host: "127.0.0.1", port: 9999))
        let line = try #require(
            bench.log.entries.first { "\($0.message)".hasPrefix("The sockets from systemd") }
        )
        #expect(line.metadata["addresses.systemd"] == "127.0.0.1:9999")
        #expect(line.metadata["addresses.configured"] == "127.0.0.1:8787")
    }

    @Test("Without a difference nothing is told", arguments: [true, false])
    func sameSocket(isFromSystemd: Bool) throws {
        let bench = try Bench(isFromSystemd: isFromSystemd)
        defer { bench.close() }
        bench.start(.tcp(host: "127.0.0.1", port: 8787))
        #expect(bench.log.entries.count == 2)
    }

    @Test(
        "Addresses are compared as what they are",
        arguments: [
            (
                SocketAddressSetting.tcp(host: "::1", port: 1),
                ListenAddress.tcp(host: "0:0:0:0:0:0:0:1", port: 1), true
            ),
            (.tcp(host: "localhost", port: 1), .tcp(host: "127.0.0.1", port: 1), true),
            (.tcp(host: "localhost", port: 1), .tcp(host: "127.0.0.1", port: 2), false),
            (.tcp(host: "0.0.0.0", port: 1), .tcp(host: "127.0.0.1", port: 1), false),
            (.unix(path: "in.sock"), .unix(path: "/run/in.sock"), true),
            (.unix(path: "/run/in.sock"), .unix(path: "/run/other.sock"), false),
            (.unix(path: "/run/in.sock"), .tcp(host: "127.0.0.1", port: 1), false),
        ]
    )
    func comparison(setting: SocketAddressSetting, address: ListenAddress, isSame: Bool) {
        #expect(setting.isServed(by: address) == isSame)
    }
}
