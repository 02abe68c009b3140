import CSys
import Glibc
import Synchronization

/// Wakes the server's thread from any other: an eventfd, written at most once between two looks of the thread.
final class Alarm: Sendable {
    let descriptor: Int32
    private let isRinging = Atomic<Bool>(false)

    init() throws(ServerError) {
        descriptor = eventfd(0, Int32(EFD_CLOEXEC) | Int32(EFD_NONBLOCK))
        guard descriptor >= 0 else {
            throw ServerError(errno: errno, in: "eventfd", "The HTTP server has no descriptor left to start with.")
        }
    }

    deinit { close(descriptor) }

    func ring() {
        if !isRinging.exchange(true, ordering: .sequentiallyConsistent) { eventfd_write(descriptor, 1) }
    }

    /// On the server's thread, before it looks at what there is to do. The count is taken before the flag falls: a ring in between is seen by
    /// the look that follows, and a ring behind it writes again. The other way round the count of a new ring would be taken, and the flag stay up.
    func clear() {
        var count: eventfd_t = 0
        eventfd_read(descriptor, &count)
        isRinging.store(false, ordering: .sequentiallyConsistent)
    }
}
