/// The keys of log metadata, the same in every module.
package enum LogKey {
    package static let attempt = "attempt"
    package static let deliveryID = "delivery.id"
    package static let durationMilliseconds = "duration.ms"
    package static let errorCode = "error.code"
    package static let errorMessage = "error.message"
    package static let eventID = "event.id"
    package static let eventKind = "event.kind"
    package static let httpStatus = "http.status"
    package static let listenerName = "listener.name"
    package static let heldUntil = "held.until"
    package static let pauseOrigin = "pause.origin"
    package static let pauseReason = "pause.reason"
    package static let remoteAddress = "remote.address"
    package static let repositoryName = "repository.name"
    package static let sourceName = "source.name"
}
