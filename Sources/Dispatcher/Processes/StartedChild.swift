import CProcess
import Glibc
import Synchronization
import SystemPackage

/// A program that runs, and this process's ends of its streams.
struct StartedChild: Sendable {
    /// Its process id, which is its group's, too.
    let processID: Int32
    /// Becomes readable when it exits; nil where there was no room for it, or the system has none.
    let process: FileDescriptor?
    /// Where it reads from.
    let input: FileDescriptor
    /// Where it writes to; nil for this process's stdout.
    let output: FileDescriptor?
    /// Where it writes its errors to.
    let errors: FileDescriptor

    /// Every child that was started and not yet reaped.
    private static let unreaped = Mutex<Set<Int32>>([])

    /// Whether a process is one that its runner reaps.
    static func isUnreaped(_ processID: Int32) -> Bool { unreaped.withLock { $0.contains(processID) } }

    /// Starts a program in a process group of its own, with no descriptor but its three streams.
    ///
    /// Whatever fails, and whatever other threads do with descriptors meanwhile, nothing is left of it. The
    /// thread waits until the program is loaded.
    ///
    /// - Parameters:
    ///   - program: What is started.
    ///   - descriptorsMax: The soft limit of its descriptors; nil for this process's.
    /// - Returns: The program, which runs.
    /// - Throws: `StartFailure`.
    static func start(_ program: Program, descriptorsMax: UInt64?) throws(StartFailure) -> StartedChild {
        let input = try Pipe()
        do throws(StartFailure) {
            let output = program.isOutputRead ? try Pipe() : nil
            do throws(StartFailure) {
                let errors = try Pipe()
                do throws(StartFailure) {
                    return try start(program, descriptorsMax, input: input, output: output, errors: errors)
                } catch {
                    errors.close()
                    throw error
                }
            } catch {
                output?.close()
                throw error
            }
        } catch {
            input.close()
            throw error
        }
    }

    /// Whether it has exited; it is reaped later.
    var hasExited: Bool { forgewire_has_exited(processID) != 0 }

    /// Closes this process's ends of its streams.
    func close() {
        // A descriptor that cannot be closed is gone all the same.
        for descriptor in [process, input, output, errors] { try? descriptor?.close() }
    }

    /// Reaps it when it has exited, or else waits for that; its process id may be another's from then on.
    ///
    /// - Returns: The exit code, or the negative number of the signal that ended it.
    static func reap(_ processID: Int32) -> Int32 {
        let status = forgewire_reap(processID, unknownStatus)
        _ = unreaped.withLock { $0.remove(processID) }
        return status
    }

    /// What a child counts as that somebody else has reaped: an exit code that no program has.
    private static let unknownStatus: Int32 = 256

    private static func start(
        _ program: Program,
        _ descriptorsMax: UInt64?,
        input: Pipe,
        output: Pipe?,
        errors: Pipe
    ) throws(StartFailure) -> StartedChild {
        let paths = CStrings(program.paths)
        let arguments = CStrings(program.arguments)
        let variables = CStrings(program.variables.map { "\($0.key)=\($0.value)" })
        let directory = CStrings(program.workingDirectory.map { [$0] } ?? [])
        var process: CInt = -1
        let streams = (input.readEnd.rawValue, output?.writeEnd.rawValue ?? -1, errors.writeEnd.rawValue)
        // The strings live until the call has returned, and nothing keeps them.
        let (processID, failure) = withExtendedLifetime((paths, arguments, variables, directory)) {
            var start = unsafe forgewire_start(
                programs: paths.pointer,
                arguments: arguments.pointer,
                variables: variables.pointer,
                directory: unsafe UnsafePointer(directory.pointer.pointee),
                descriptors: streams,
                descriptors_max: descriptorsMax ?? 0,
                error: 0,
                is_directory_wrong: 0
            )
            let processID = unsafe forgewire_start(&start, &process)
            return unsafe (
                processID,
                StartFailure(code: start.error, isDirectoryWrong: start.is_directory_wrong != 0)
            )
        }
        guard processID > 0 else { throw failure }
        _ = unreaped.withLock { $0.insert(processID) }
        for end in [input.readEnd, output?.writeEnd, errors.writeEnd] { try? end?.close() }
        for end in [input.writeEnd, output?.readEnd, errors.readEnd] {
            // It cannot fail for a pipe.
            if let end { _ = forgewire_set_nonblocking(end.rawValue) }
        }
        return StartedChild(
            processID: processID,
            process: process < 0 ? nil : FileDescriptor(rawValue: process),
            input: input.writeEnd,
            output: output?.readEnd,
            errors: errors.readEnd
        )
    }
}

/// A pipe of which no child inherits an end.
private struct Pipe {
    let readEnd: FileDescriptor
    let writeEnd: FileDescriptor

    init() throws(StartFailure) {
        var (read, write): (CInt, CInt) = (-1, -1)
        // Both live as long as the call.
        let code = unsafe forgewire_pipe(&read, &write)
        guard code == 0 else { throw StartFailure(code: code) }
        (readEnd, writeEnd) = (FileDescriptor(rawValue: read), FileDescriptor(rawValue: write))
    }

    func close() {
        // What cannot be closed is gone all the same.
        for end in [readEnd, writeEnd] { try? end.close() }
    }
}

/// Strings as C takes them: a list that ends with a null pointer.
@safe private final class CStrings {
    /// The list; alive as long as this object.
    let pointer: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
    private let count: Int

    init(_ texts: [String]) {
        count = texts.count
        // One place more for the end; each is set below, and released with this object.
        unsafe pointer = .allocate(capacity: texts.count + 1)
        for (index, text) in texts.enumerated() { unsafe (pointer + index).initialize(to: strdup(text)) }
        unsafe (pointer + texts.count).initialize(to: nil)
    }

    deinit {
        // All were made in `init`, and nobody else has them any more.
        for index in 0..<count { unsafe free(pointer[index]) }
        unsafe pointer.deallocate()
    }
}
