import Avro
import Telemetry

/// One question to an external registry, asked by a thread that waits for the answer.
final class SchemaFetch: Sendable {
    /// Between two attempts where the registry does not answer.
    private static let pause = Duration.milliseconds(200)
    private let schema = Locked<Schema?>(nil)
    private let over = Flag()
    private let end: ContinuousClock.Instant

    init(_ id: UInt32, from registry: RegistryClient, within limit: Duration) {
        end = .now + limit
        // Detached: the thread that asks belongs to no task.
        Task.detached { [self] in
            while ContinuousClock.now < end {
                do throws(AvroError) {
                    let schema = try await registry.schema(id: id)
                    return finish(schema)
                } catch {
                    guard error.disposition == .retry else { return finish(nil) }
                    try? await Task.sleep(for: Self.pause)
                }
            }
        }
    }

    private func finish(_ found: Schema?) {
        schema.withLock { $0 = found }
        over.set()
    }

    /// The schema; nil when the registry has none of that id, or did not answer in time.
    func wait() -> Schema? {
        over.wait(end - .now) ? schema.withLock { $0 } : nil
    }
}
