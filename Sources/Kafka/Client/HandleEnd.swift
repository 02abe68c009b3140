internal import CRdKafka
internal import Synchronization
internal import Telemetry

/// The end of a handle: destroys it exactly once, on a thread of its own, and lets go of the callbacks' context afterwards.
final class HandleEnd: Sendable {
    nonisolated(unsafe) private let pointer: OpaquePointer  // used by whoever wins `begun`, once
    private let context: Unmanaged<ClientContext>
    private let begun = Atomic<Bool>(false)
    private let done = Flag()

    init(pointer: OpaquePointer, context: Unmanaged<ClientContext>) {
        self.pointer = pointer
        self.context = context
    }

    func run(flags: Int32, within limit: Duration) -> Bool {
        guard begin(flags: flags) else { return done.wait(limit) }
        return done.wait(limit)
    }

    func abandon() { _ = begin(flags: RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE) }

    private func begin(flags: Int32) -> Bool {
        guard !begun.exchange(true, ordering: .acquiringAndReleasing) else { return false }
        OwnThread.run("kafka-end") { [self] in
            rd_kafka_destroy_flags(pointer, flags)
            context.release()
            done.set()
        }
        return true
    }
}
