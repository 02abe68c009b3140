import Glibc

/// The monotonic clock of the deadlines: coarse (4 ms), because it is read several times a request.
enum Clock {
    static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC_COARSE, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    /// Saturates at a century, so that sums of instants do not overflow.
    static func nanoseconds(_ duration: Duration) -> Int64 {
        let (seconds, attoseconds) = duration.components
        guard seconds < 3_155_760_000 else { return 3_155_760_000 * 1_000_000_000 }
        guard seconds > -3_155_760_000 else { return 0 }
        return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    }
}
