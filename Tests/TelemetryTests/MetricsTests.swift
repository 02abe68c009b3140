import Telemetry
import Testing

@Suite(.timeLimit(.minutes(4))) struct MetricsTests {
    @Test func theTextIsSortedEscapedAndComplete() {
        let metrics = Metrics()
        metrics.counter("b_total", help: "Second.\nline", labels: [("op", "a\"b\\c\nd")]).add(3)
        metrics.counter("b_total", help: "Second.", labels: [("op", "a")]).add()
        metrics.gauge("a", help: "First.").set(-2)
        metrics.gauge("c", help: "Read.") { 1.5 }
        metrics.gauges("d", help: "Some.") { [([("p", "1")], 4), ([("p", "0")], 5)] }
        #expect(
            metrics.exposition() == """
                # HELP a First.
                # TYPE a gauge
                a -2
                # HELP b_total Second.\\nline
                # TYPE b_total counter
                b_total{op="a"} 1
                b_total{op="a\\"b\\\\c\\nd"} 3
                # HELP c Read.
                # TYPE c gauge
                c 1.5
                # HELP d Some.
                # TYPE d gauge
                d{p="0"} 5
                d{p="1"} 4

                """)
    }

    @Test func oneNameAndLabelsAreOneInstrument() {
        let metrics = Metrics()
        metrics.counter("a_total", help: "", labels: [("x", "1"), ("y", "2")]).add(2)
        metrics.counter("a_total", help: "", labels: [("y", "2"), ("x", "1")]).add(3)
        #expect(metrics.exposition().contains("a_total{x=\"1\",y=\"2\"} 5\n"))
        metrics.remove("a_total", labels: [("x", "1"), ("y", "2")])
        #expect(!metrics.exposition().contains("a_total{"))
    }

    @Test func bucketsCountUpAndAgreeWithTheCount() {
        let metrics = Metrics()
        let histogram = metrics.histogram("t_seconds", help: "")
        for duration in [Duration.milliseconds(1), .microseconds(1_001), .seconds(60), .zero, .seconds(-1)] { histogram.observe(duration) }
        let text = metrics.exposition()
        #expect(text.contains("t_seconds_bucket{le=\"0.001\"} 3\n"))
        #expect(text.contains("t_seconds_bucket{le=\"0.0025\"} 4\n"))
        #expect(text.contains("t_seconds_bucket{le=\"30\"} 4\n"))
        #expect(text.contains("t_seconds_bucket{le=\"+Inf\"} 5\n"))
        #expect(text.contains("t_seconds_count 5\n"))
        #expect(text.contains("t_seconds_sum 60.002001\n"))
    }

    @Test func seriesPastTheLimitCountButAreNotShown() {
        let metrics = Metrics(seriesMax: 2)
        for name in ["a", "b", "c"] { metrics.gauge("g", help: "", labels: [("x", name)]).set(1) }
        let text = metrics.exposition()
        #expect(text.contains("g{x=\"b\"} 1"))
        #expect(!text.contains("g{x=\"c\"}"))
        #expect(text.contains("metrics_series_refused_total 1\n"))
    }

    @Test func manyThreadsLoseNothing() async {
        let metrics = Metrics()
        let counter = metrics.counter("a_total", help: "")
        let gauge = metrics.gauge("g", help: "")
        let locked = Locked(0)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    for _ in 0..<10_000 {
                        counter.add()
                        gauge.add(1)
                    }
                }
            }
        }
        await withCheckedContinuation { (all: CheckedContinuation<Void, Never>) in
            let done = Locked((left: 4, all: Optional(all)))
            for number in 0..<4 {
                OwnThread.start("counts-\(number)") {
                    for _ in 0..<10_000 { locked.withLock { $0 += 1 } }
                    done.withLock { state -> CheckedContinuation<Void, Never>? in
                        state.left -= 1
                        return state.left == 0 ? state.all : nil
                    }?.resume()
                }
            }
        }
        #expect(counter.value == 40_000)
        #expect(gauge.value == 40_000)
        #expect(locked.withLock { $0 } == 40_000)
    }
}
