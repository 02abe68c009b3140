internal import Glibc

/// Stands still, on a thread that may.
enum Pause {
    static func milliseconds(_ count: UInt32) { usleep(count * 1000) }
}
