internal import Core

/// A place in the list of those who want to hear of a job's changes. Keep it to end the observation.
public struct Observation: Sendable, Hashable {
    let id: RequestID
    let number: UInt64
}
