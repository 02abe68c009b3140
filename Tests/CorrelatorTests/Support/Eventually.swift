import Telemetry

/// Looks until something holds that nobody announces. Between two looks a thread of its own waits on a flag that nobody sets; what a time
/// limit cancels ends with an error.
func eventually(_ holds: () async throws -> Bool) async throws {
    while try await !holds() { try await beat(.milliseconds(20)) }
}

/// One beat of a clock, for what happens at intervals in life too.
func beat(_ interval: Duration) async throws {
    _ = await OwnThread.blocking("beat") { Flag().wait(interval) }
    try Task.checkCancellation()
}
