/// Runs something to its end although the task that waits for it is cancelled meanwhile.
///
/// This needs a task of its own, which is awaited here: to end a process takes time, and a cancelled task
/// can neither wait on a clock nor wait for a process. Who cancels tells the body by other means.
///
/// - Parameter body: What must not see the cancellation.
/// - Returns: What the body returns.
/// - Throws: What the body throws.
func uncancelled<Value: Sendable>(
    _ body: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    try await Task { try await body() }.value
}
