import Glibc

/// Starts services in order, waits for a signal or for one of them to end, and stops them in reverse within one limit for all.
public struct Lifecycle: Sendable {
    public let services: [any Service]
    /// For the start of each service.
    public let startLimit: Duration
    /// For the whole stop.
    public let stopLimit: Duration
    /// Called once when all have started.
    public let ready: @Sendable () -> Void
    public let report: @Sendable (String) -> Void

    public init(
        services: [any Service], startLimit: Duration = .seconds(60), stopLimit: Duration, ready: @escaping @Sendable () -> Void = {},
        report: @escaping @Sendable (String) -> Void
    ) {
        self.services = services
        self.startLimit = startLimit
        self.stopLimit = stopLimit
        self.ready = ready
        self.report = report
    }

    private enum End: Sendable {
        case signal(Int32)
        case service(String, Result<Void, any Error>)
    }

    /// The exit status: 0 after SIGINT or SIGTERM and a clean stop, else 1. A second signal ends the process at once with 128 + its number.
    public func run(until signals: AsyncStream<Int32>) async -> Int32 {
        let (ends, feed) = AsyncStream<End>.makeStream()
        let starting = Task { await start(feed) }
        let watch = Task { [report] in
            var stopping = false
            for await number in signals where number == SIGINT || number == SIGTERM {
                if stopping {
                    report("signal \(number) again: leaving at once")
                    exit(128 + number)
                }
                stopping = true
                starting.cancel()
                feed.yield(.signal(number))
            }
        }
        defer { watch.cancel() }
        let (running, isStarted) = await starting.value
        var status: Int32 = isStarted || starting.isCancelled ? 0 : 1
        if isStarted {
            if !starting.isCancelled { ready() }
            for await end in ends {
                if case .service(let name, let result) = end {
                    status = 1
                    if case .failure(let error) = result { report("\(name) ended: \(error)") } else { report("\(name) ended") }
                }
                break
            }
        }
        return await stop(running, status)
    }

    /// Starts the services in order until one fails or a signal cancels the task; says whether all are running.
    private func start(_ feed: AsyncStream<End>.Continuation) async -> ([(service: any Service, task: Task<Void, any Error>)], Bool) {
        var running: [(service: any Service, task: Task<Void, any Error>)] = []
        for service in services {
            if Task.isCancelled { return (running, false) }
            do {
                try await within(startLimit, "the start of \(service.name)") { try await service.start() }
            } catch {
                report(Task.isCancelled ? "\(service.name) was starting" : "\(service.name) did not start: \(error)")
                return (running, false)
            }
            let task = Task { try await service.run() }
            Task { feed.yield(.service(service.name, await task.result)) }
            running.append((service, task))
        }
        return (running, true)
    }

    private func stop(_ running: [(service: any Service, task: Task<Void, any Error>)], _ status: Int32) async -> Int32 {
        let end = ContinuousClock.now + stopLimit
        var status = status
        for (service, task) in running.reversed() {
            let left = max(end - ContinuousClock.now, .milliseconds(50))
            do {
                try await within(left, "the stop of \(service.name)") {
                    try await service.stop(within: left)
                    task.cancel()
                    _ = await task.result
                }
            } catch {
                report("\(service.name) did not stop well: \(error)")
                status = status == 0 ? 1 : status
                task.cancel()
            }
        }
        return status
    }
}
