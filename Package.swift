// swift-tools-version: 6.3
// One MARK section a target with its test target; sections and lists are sorted alphabetically.

import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),  // SE-0335
    .enableUpcomingFeature("InternalImportsByDefault"),  // SE-0409
    .enableUpcomingFeature("MemberImportVisibility"),  // SE-0444
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),  // SE-0461
    .enableUpcomingFeature("InferIsolatedConformances"),  // SE-0470
    .enableUpcomingFeature("ImmutableWeakCaptures"),  // SE-0481
    .strictMemorySafety(),  // SE-0458
    .treatAllWarnings(as: .error),  // SE-0480
]

/// The listeners of this build: one folder and module each below `Listeners/`, listed in `Registry.swift`.
let listeners = [
    "CheckFailures",
    "EventLog",
]

/// What most targets log and measure with.
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let metrics: Target.Dependency = .product(name: "Metrics", package: "swift-metrics")

let package = Package(
    name: "forgewire",
    platforms: [.macOS(.v26)],
    products: [
        .executable(name: "forgewire", targets: ["forgewire"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-distributed-tracing", from: "1.7.3"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
    ],
    targets: [
        // MARK: CAllocator, CISAL, COpenSSL, CProcess, CSQLite
        .systemLibrary(name: "CAllocator"),
        .systemLibrary(name: "CISAL", pkgConfig: "libisal", providers: [.apt(["libisal-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CProcess"),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),

        // MARK: Daemon
        .target(
            name: "Daemon",
            dependencies: [
                "CAllocator",
                "Dispatcher",
                "Events",
                "Ingest",
                "ListenerKit",
                "Outbox",
                "Providers",
                "Settings",
                "Signatures",
                "Telemetry",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                logging,
                metrics,
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "DaemonTests",
            dependencies: [
                "Daemon",
                "Dispatcher",
                "Events",
                "Ingest",
                "ListenerKit",
                "Outbox",
                "Providers",
                "Settings",
                "Signatures",
                "Telemetry",
                "TestKit",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "InMemoryLogging", package: "swift-log"),
                logging,
                metrics,
                .product(name: "MetricsTestKit", package: "swift-metrics"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "ServiceLifecycleTestKit", package: "swift-service-lifecycle"),
            ],
            swiftSettings: settings
        ),

        // MARK: Dispatcher
        .target(
            name: "Dispatcher",
            dependencies: [
                "CProcess",
                "Events",
                "ListenerKit",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "DequeModule", package: "swift-collections"),
                logging,
                metrics,
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "SystemPackage", package: "swift-system"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "DispatcherTests",
            dependencies: [
                "Dispatcher",
                "Events",
                "ListenerKit",
                "TestKit",
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "InMemoryLogging", package: "swift-log"),
                logging,
                .product(name: "MetricsTestKit", package: "swift-metrics"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: settings
        ),

        // MARK: Events
        .target(name: "Events", swiftSettings: settings),
        .testTarget(
            name: "EventsTests",
            dependencies: ["Events", "TestKit"],
            exclude: ["FieldNames.txt"],
            swiftSettings: settings
        ),

        // MARK: forgewire
        .executableTarget(
            name: "forgewire",
            dependencies: [
                "Daemon",
                "Events",
                "ListenerKit",
                "Listeners",
                "Outbox",
                "Providers",
                "Settings",
                "Signatures",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                logging,
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "IntegrationTests",
            dependencies: [
                "Events",
                "MisbehavingDaemon",
                "Outbox",
                "Providers",
                "Signatures",
                "TestKit",
                "forgewire",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: settings
        ),

        // MARK: Ingest
        .target(
            name: "Ingest",
            dependencies: [
                "Events",
                "Providers",
                logging,
                metrics,
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "IngestTests",
            dependencies: [
                "Events",
                "Ingest",
                "Providers",
                "TestKit",
                .product(name: "InMemoryLogging", package: "swift-log"),
                logging,
                metrics,
                .product(name: "MetricsTestKit", package: "swift-metrics"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: settings
        ),

        // MARK: ListenerKit
        .target(
            name: "ListenerKit",
            dependencies: [
                "Events",
                logging,
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "ListenerKitTests",
            dependencies: [
                "Events",
                "ListenerKit",
                "TestKit",
                logging,
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ],
            swiftSettings: settings
        ),

        // MARK: Listeners
        .target(
            name: "Listeners",
            dependencies: ["ListenerKit"] + listeners.map { .target(name: $0) },
            path: "Listeners",
            exclude: listeners,
            sources: ["Registry.swift"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "ListenersTests",
            dependencies: [
                "Events",
                "ListenerKit",
                "Listeners",
                "TestKit",
                logging,
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ] + listeners.map { .target(name: $0) },
            swiftSettings: settings
        ),

        // MARK: MisbehavingDaemon
        // The daemon with listeners that only tests want.
        .executableTarget(
            name: "MisbehavingDaemon",
            dependencies: ["Daemon", "Events", "ListenerKit", "Settings", logging],
            path: "Tests/MisbehavingDaemon",
            swiftSettings: settings
        ),

        // MARK: Outbox
        .target(
            name: "Outbox",
            dependencies: [
                "CISAL",
                "CSQLite",
                "Events",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "OutboxTests",
            dependencies: ["Events", "Outbox", "TestKit", .product(name: "GRDB", package: "GRDB.swift")],
            swiftSettings: settings
        ),

        // MARK: Providers
        .target(name: "Providers", dependencies: ["Events", "Signatures"], swiftSettings: settings),
        .testTarget(
            name: "ProvidersTests",
            dependencies: ["Events", "Providers", "Signatures", "TestKit"],
            swiftSettings: settings
        ),

        // MARK: Settings
        .target(
            name: "Settings",
            dependencies: ["Events", .product(name: "Yams", package: "Yams")],
            swiftSettings: settings
        ),
        .testTarget(
            name: "SettingsTests",
            dependencies: ["Settings", "TestKit", .product(name: "Yams", package: "Yams")],
            swiftSettings: settings
        ),

        // MARK: Signatures
        .target(name: "Signatures", dependencies: ["COpenSSL"], swiftSettings: settings),
        .testTarget(
            name: "SignaturesTests",
            dependencies: ["Signatures", "TestKit"],
            swiftSettings: settings
        ),

        // MARK: Telemetry
        .target(name: "Telemetry", dependencies: ["Events", logging, metrics], swiftSettings: settings),
        .testTarget(
            name: "TelemetryTests",
            dependencies: ["Events", "Telemetry", "TestKit", logging, metrics],
            swiftSettings: settings
        ),

        // MARK: TestKit
        .target(
            name: "TestKit",
            dependencies: ["Events", "ListenerKit"],
            path: "Tests/TestKit",
            swiftSettings: settings
        ),

        // MARK: TidyTests
        .testTarget(name: "TidyTests", swiftSettings: settings),
    ]
)

// MARK: Listener modules

// What users write has its exclusive access to memory checked, also where the Makefile has it off (SE-0176).
let listenerSettings = settings + [.unsafeFlags(["-Xfrontend", "-enforce-exclusivity=checked"])]
package.targets += listeners.map {
    .target(name: $0, dependencies: ["ListenerKit"], path: "Listeners/\($0)", swiftSettings: listenerSettings)
}

// MARK: Fuzzing

// Off unless `make fuzz` asks for it: only a build with `-sanitize=fuzzer` has a `main`.
if Context.environment["FORGEWIRE_FUZZ"] != nil {
    package.targets.append(
        .executableTarget(
            name: "Fuzzing",
            dependencies: ["Events", "Providers", "Signatures"],
            path: "Tests/Fuzzing",
            exclude: ["fuzz.sh"],
            swiftSettings: settings
        )
    )
}

// MARK: Benchmarks

// Off unless `make bench` or `make instructions` asks for them.
if Context.environment["FORGEWIRE_BENCHMARKS"] != nil {
    let benchmarks: KeyValuePairs<String, [Target.Dependency]> = [
        "BenchmarkDaemon": ["Daemon", "ListenerKit", logging],
        "Microbenchmarks": ["Events", "Outbox", "Providers", "Signatures"],
    ]
    package.targets += benchmarks.map { name, dependencies in
        let path = "Benchmarks/\(name)"
        return .executableTarget(name: name, dependencies: dependencies, path: path, swiftSettings: settings)
    }
}
