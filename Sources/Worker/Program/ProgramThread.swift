import CSys
import Glibc

import Telemetry

/// The one thread that starts programs and moves what they read and write.
///
/// It lives as long as the process: the kernel ends a program (`PR_SET_PDEATHSIG`) when the thread that started it ends, not the process.
final class ProgramThread: Sendable {
    private enum Order {
        case start(Int, ProgramLaunch, @Sendable (Result<ProgramEnd, WorkerError>) -> Void)
        case end(Int)
    }

    private struct Inbox {
        var orders: [Order] = []
        var next = 0
        var started = false
    }

    /// Shared by all program workers of the process.
    static let shared = ProgramThread()

    private let inbox = Locked(Inbox())
    private let wakeRead: Int32
    private let wakeWrite: Int32

    private init() {
        var ends: [Int32] = [-1, -1]
        _ = csys_pipe(&ends)
        for descriptor in ends { _ = csys_set_nonblocking(descriptor, 1) }
        (wakeRead, wakeWrite) = (ends[0], ends[1])
    }

    /// Runs a program to its end. Cancelling asks it to end; it is still waited for.
    func run(_ launch: ProgramLaunch) async throws(WorkerError) -> ProgramEnd {
        let number = inbox.withLock { inbox in
            inbox.next += 1
            return inbox.next
        }
        let result: Result<ProgramEnd, WorkerError> = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                // The task's mark is set before `onCancel` runs: a cancellation is either seen here or ordered behind the start.
                let accepted = order(.start(number, launch, { continuation.resume(returning: $0) })) { !Task.isCancelled }
                if !accepted {
                    continuation.resume(
                        returning: .failure(WorkerError(.ended, operation: "start program", detail: "cancelled before it started")))
                }
            }
        } onCancel: {
            _ = order(.end(number))
        }
        return try result.get()
    }

    private func order(_ order: Order, when wanted: () -> Bool = { true }) -> Bool {
        let (accepted, first) = inbox.withLock { inbox in
            guard wanted() else { return (false, false) }
            inbox.orders.append(order)
            defer { inbox.started = true }
            return (true, !inbox.started)
        }
        guard accepted else { return false }
        if first {
            do {
                try WorkerThread.start("programs") { self.loop() }
            } catch {
                // Without it no program can be started: the next order tries again.
                inbox.withLock { $0.started = false }
            }
        }
        var byte: UInt8 = 1
        _ = write(wakeWrite, &byte, 1)
        return true
    }

    private func loop() -> Never {
        var children: [Int: ChildProgram] = [:]
        while true {
            let orders = inbox.withLock { inbox in
                let orders = inbox.orders
                inbox.orders = []
                return orders
            }
            let now = ContinuousClock.now
            for order in orders {
                switch order {
                case .start(let number, let launch, let ended):
                    do {
                        children[number] = try ChildProgram(launch, ended: ended)
                    } catch {
                        ended(.failure(error))
                    }
                case .end(let number):
                    children[number]?.end(now: now)
                }
            }
            wait(Array(children.values))
            children = children.filter { !$0.value.isOver }
        }
    }

    /// One turn of poll(2) over all pipes.
    private func wait(_ children: [ChildProgram]) {
        var descriptors = [pollfd(fd: wakeRead, events: Int16(POLLIN), revents: 0)]
        for child in children {
            descriptors.append(pollfd(fd: child.watch, events: Int16(POLLIN), revents: 0))
            descriptors.append(pollfd(fd: child.output, events: Int16(POLLIN), revents: 0))
            descriptors.append(pollfd(fd: child.complaints, events: Int16(POLLIN), revents: 0))
            descriptors.append(pollfd(fd: child.input, events: Int16(POLLOUT), revents: 0))
        }
        _ = poll(&descriptors, nfds_t(descriptors.count), timeout(children))
        let now = ContinuousClock.now
        if descriptors[0].revents != 0 {
            var bytes = [UInt8](repeating: 0, count: 256)
            while read(wakeRead, &bytes, bytes.count) == bytes.count {}
        }
        for (index, child) in children.enumerated() {
            let place = 1 + index * 4
            if descriptors[place + 3].revents != 0 { child.writeInput() }
            if descriptors[place + 1].revents != 0 { child.readOutput(now: now) }
            if descriptors[place + 2].revents != 0 { child.readComplaints() }
            if descriptors[place].revents != 0 || child.watch < 0 { child.reap(now: now) }
            child.endAtLast(ifDue: now)
        }
    }

    private func timeout(_ children: [ChildProgram]) -> Int32 {
        var milliseconds: Int32 = children.contains { $0.watch < 0 } ? 20 : 1_000
        let now = ContinuousClock.now
        for child in children {
            guard let killAt = child.killAt else { continue }
            let left = killAt - now
            let whole = left.components.seconds * 1_000 + left.components.attoseconds / 1_000_000_000_000_000
            milliseconds = min(milliseconds, Int32(clamping: max(whole + 1, 10)))
        }
        return milliseconds
    }
}
