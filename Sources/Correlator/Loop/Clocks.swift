internal import Core
internal import Glibc

/// The two clocks of a shell: one that never jumps, for leases and waits, and the wall's, for deadlines and backoffs.
enum Clocks {
    /// Milliseconds of the monotonic clock.
    static var monotonic: Int64 { read(CLOCK_MONOTONIC) }

    /// The time that others agree on.
    static var wall: Timestamp { Timestamp(milliseconds: read(CLOCK_REALTIME)) }

    private static func read(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}

extension Duration {
    /// Whole milliseconds.
    var wholeMilliseconds: Int64 {
        components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
    }
}
