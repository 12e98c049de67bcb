import Foundation
import ListenerKit
import Logging
import TestKit
import Tracing

/// Has a listener handle events and gives what it wrote.
enum ListenerOutput {
    static func of<Subject: Listener>(
        _ events: [Subject.Event],
        _ makeListener: (LineOutput) -> Subject
    ) async throws -> String {
        let folder = try TemporaryFolder()
        let path = folder.path("output")
        try Data().write(to: URL(filePath: path))
        guard let file = FileHandle(forWritingAtPath: path) else { throw CocoaError(.fileNoSuchFile) }
        let listener = makeListener(LineOutput(descriptor: file.fileDescriptor))
        for event in events { try await listener.handle(event, context: context(of: event)) }
        try file.close()
        return try String(contentsOfFile: path, encoding: .utf8)
    }

    private static func context(of event: some Event) -> ListenerContext {
        ListenerContext(
            eventId: event.id,
            attempt: 1,
            deadline: event.receivedAt.advanced(by: .seconds(10)),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            span: NoOpTracer.NoOpSpan(context: .topLevel),
            repository: event.repository,
            actor: event.actor,
            payload: { [] }
        )
    }
}
