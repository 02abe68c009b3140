import Glibc

/// The signals of a process, as a stream of numbers.
///
/// The main thread is the signal thread. An `async` main will not do on Linux: it ends in `dispatch_main()`, which parks the main thread in
/// `sigsuspend(2)` with an empty mask, so that a blocked SIGTERM is delivered there and kills the process. So: synchronous main, block, start
/// the work in a task, wait here. Nothing may use `@MainActor`.
public enum Signals {
    /// Runs `body` and ends the process with what it returns. Does not return.
    public static func serve(_ body: @escaping @Sendable (AsyncStream<Int32>) async -> Int32) -> Never {
        var set = sigset_t()
        sigemptyset(&set)
        for number in [SIGINT, SIGTERM, SIGHUP] {
            sigaddset(&set, number)
            signal(number, SIG_DFL)  // a shell's `command &` leaves SIGINT ignored
        }
        pthread_sigmask(SIG_BLOCK, &set, nil)
        signal(SIGPIPE, SIG_IGN)
        let (stream, feed) = AsyncStream<Int32>.makeStream(bufferingPolicy: .bufferingOldest(16))
        Task.detached { exit(await body(stream)) }
        while true {
            let number = sigwaitinfo(&set, nil)
            if number > 0 { feed.yield(number) }
        }
    }
}
