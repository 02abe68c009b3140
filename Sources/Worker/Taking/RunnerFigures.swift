import Telemetry

/// What a runner counts.
struct RunnerFigures: Sendable {
    let started: Counter
    let completed: Counter
    let failed: Counter
    let cancelled: Counter
    let released: Counter
    let skipped: Counter
    let setAside: Counter
    let running: Gauge
    let duration: Histogram

    init(_ metrics: Metrics, operation: String) {
        let label = ("operation", operation)
        func ends(_ outcome: String) -> Counter {
            metrics.counter("worker_takes_ended_total", help: "Takes that ended, by how.", labels: [label, ("outcome", outcome)])
        }
        started = metrics.counter("worker_takes_total", help: "Requests that were started.", labels: [label])
        completed = ends("completed")
        failed = ends("failed")
        cancelled = ends("cancelled")
        released = ends("released")
        skipped = metrics.counter(
            "worker_skipped_total", help: "Requests not started: past their deadline, published twice, in a wrong partition.",
            labels: [label])
        setAside = metrics.counter("worker_set_aside_total", help: "Records that are no request of this operation.", labels: [label])
        running = metrics.gauge("worker_running", help: "Handlers that run.", labels: [label])
        duration = metrics.histogram("worker_handler_seconds", help: "How long handlers ran.", labels: [label])
    }
}
