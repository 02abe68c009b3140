import Telemetry

/// Counts answers by path and class of status. All series are made once, so that counting is one atomic addition.
struct RequestMetrics: Sendable {
    private let counters: [String: [Counter]]
    /// The row of `POST /requests/…`, so that an acknowledgement looks no name up.
    private let requests: [Counter]

    init(_ metrics: Metrics) {
        var counters: [String: [Counter]] = [:]
        for label in Route.labels {
            counters[label] = (1...5).map {
                metrics.counter(
                    "rejoinder_http_answers_total", help: "Answers by path and class of status.",
                    labels: [("path", label), ("class", "\($0)xx")])
            }
        }
        self.counters = counters
        requests = counters[Route.requestsLabel] ?? []
    }

    func countRequest(status: Int) {
        guard (100..<600).contains(status) else { return }
        requests[status / 100 - 1].add()
    }

    func count(_ label: String, status: Int) {
        guard let row = counters[label], (100..<600).contains(status) else { return }
        row[status / 100 - 1].add()
    }
}
