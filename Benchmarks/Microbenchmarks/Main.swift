import Dispatch
import Foundation

/// Runs one microbenchmark a number of times, for `instructions.py` to count.
///
/// Without arguments it prints the names. Nothing is timed here: instructions repeat, times do not.
@main
struct Main {
    private static let failureExit: Int32 = 1
    private static let usageExit: Int32 = 64

    /// Not `async`: valgrind 3.19 does not survive what Swift's own main does on the main thread then.
    static func main() {
        let benchmarks = ProviderBenchmarks.all + EventBenchmarks.all + OutboxBenchmarks.all
        let arguments = CommandLine.arguments.dropFirst()
        guard let name = arguments.first else {
            for benchmark in benchmarks { print(benchmark.name, benchmark.count) }
            return
        }
        guard let benchmark = benchmarks.first(where: { $0.name == name }),
            let count = arguments.dropFirst().first.flatMap({ Int($0) }), count > 0
        else {
            FileHandle.standardError.write(Data("usage: Microbenchmarks [NAME COUNT]\n".utf8))
            exit(usageExit)
        }
        let done = DispatchSemaphore(value: 0)
        Task.detached {
            do {
                try await benchmark.run(count)
            } catch {
                FileHandle.standardError.write(Data("\(name): \(error)\n".utf8))
                exit(failureExit)
            }
            done.signal()
        }
        done.wait()
    }
}

/// Something that is done over and over.
struct Microbenchmark: Sendable {
    /// What is measured, such as `admit.github`.
    let name: String
    /// How often it has to be done for its instructions to stand out from those of the start.
    let count: Int
    /// Prepares it and does it so often.
    let run: @Sendable (_ count: Int) async throws -> Void
}

/// Keeps the optimiser from leaving out what gives a value that nobody uses.
@inline(never)
func use<Value>(_ value: borrowing Value) {}
