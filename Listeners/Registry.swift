internal import CheckFailures
internal import EventLog
public import ListenerKit

/// The listeners of this build.
///
/// To add one: make its folder below `Listeners/`, put the folder's name into the
/// `listeners` array of `Package.swift`, import it here, and name it in the braces.
///
/// - Throws: `ListenerRegistryError` if two listeners have the same name.
public func makeListenerRegistry() throws(ListenerRegistryError) -> ListenerRegistry {
    try ListenerRegistry {
        CheckFailures()
        EventLog()
    }
}
