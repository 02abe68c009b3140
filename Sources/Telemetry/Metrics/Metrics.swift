/// The registry of a process's metrics, and their text for Prometheus.
///
/// Asking twice for one name with the same labels gives the same instrument. Labels are fixed when the instrument is made: never make
/// one per request, id or user. Past ``seriesMax`` series an instrument still counts but is not shown, and
/// `metrics_series_refused_total` says how many there are.
public final class Metrics: Sendable {
    /// Label names and values.
    public typealias Labels = [(String, String)]

    enum Kind: String {
        case counter
        case gauge
        case histogram
    }

    enum Source: Sendable {
        case counter(Counter)
        case readCounter(@Sendable () -> Int)
        case gauge(Gauge)
        case readGauge(@Sendable () -> Double)
        case histogram(Histogram)
    }

    struct Family: Sendable {
        let kind: Kind
        let help: String
        /// By the rendered labels, `a="1",b="2"`.
        var series: [String: Source] = [:]
        /// Reads series that come and go.
        var collector: (@Sendable () -> [(labels: Labels, value: Double)])?
    }

    private struct State {
        var families: [String: Family] = [:]
        var count = 0
        var refused = 0
    }

    /// The most series that are shown.
    public let seriesMax: Int
    private let state = Locked(State())

    /// An empty registry.
    public init(seriesMax: Int = 10_000) {
        self.seriesMax = seriesMax
    }

    /// A number that only rises; by Prometheus' custom its name ends in `_total`.
    public func counter(_ name: String, help: String, labels: Labels = []) -> Counter {
        guard case .counter(let counter) = register(name, .counter, help, labels, make: { .counter(Counter()) }) else {
            preconditionFailure("the metric '\(name)' was registered with a closure")
        }
        return counter
    }

    /// A rising number that is kept elsewhere; `read` is called once an exposition and must not wait.
    public func counter(_ name: String, help: String, labels: Labels = [], read: @escaping @Sendable () -> Int) {
        replace(name, .counter, help, labels, .readCounter(read))
    }

    /// A number that goes up and down.
    public func gauge(_ name: String, help: String, labels: Labels = []) -> Gauge {
        guard case .gauge(let gauge) = register(name, .gauge, help, labels, make: { .gauge(Gauge()) }) else {
            preconditionFailure("the metric '\(name)' was registered with a closure")
        }
        return gauge
    }

    /// A number that is kept elsewhere; `read` is called once an exposition and must not wait. Capture weakly what may end.
    public func gauge(_ name: String, help: String, labels: Labels = [], read: @escaping @Sendable () -> Double) {
        replace(name, .gauge, help, labels, .readGauge(read))
    }

    /// Numbers whose labels come and go, such as one per assigned partition; `read` is called once an exposition and must not wait.
    public func gauges(_ name: String, help: String, read: @escaping @Sendable () -> [(labels: Labels, value: Double)]) {
        state.withLock { state in
            state.families[name, default: Self.family(name, .gauge, help)].collector = read
        }
    }

    /// Durations in seconds.
    public func histogram(_ name: String, help: String, labels: Labels = []) -> Histogram {
        guard case .histogram(let histogram) = register(name, .histogram, help, labels, make: { .histogram(Histogram()) }) else {
            preconditionFailure("a histogram keeps its own numbers")
        }
        return histogram
    }

    /// Takes a series out, so that its closure and what that holds can go.
    public func remove(_ name: String, labels: Labels = []) {
        let key = Self.render(labels)
        state.withLock { state in
            guard state.families[name]?.series.removeValue(forKey: key) != nil else { return }
            state.count -= 1
        }
    }

    /// All metrics in Prometheus' text format 0.0.4, sorted by name, then labels.
    public func exposition() -> String {
        // Closures run outside the lock: one of them may register or log.
        let (families, refused) = state.withLock { ($0.families, $0.refused) }
        var text = Exposition()
        for (name, family) in families.sorted(by: { $0.key < $1.key }) { text.append(name, family) }
        if refused > 0 {
            var family = Self.family("metrics_series_refused_total", .counter, "Series past the registry's limit, which are not shown.")
            family.series[""] = .readCounter { refused }
            text.append("metrics_series_refused_total", family)
        }
        return text.text
    }

    private func register(_ name: String, _ kind: Kind, _ help: String, _ labels: Labels, make: () -> Source) -> Source {
        let key = Self.render(labels)
        return state.withLock { state in
            var family = state.families[name] ?? Self.family(name, kind, help)
            precondition(family.kind == kind, "the metric '\(name)' is a \(family.kind), not a \(kind)")
            if let known = family.series[key] { return known }
            let source = make()
            guard state.count < seriesMax else {
                state.refused += 1
                return source
            }
            state.count += 1
            family.series[key] = source
            state.families[name] = family
            return source
        }
    }

    private func replace(_ name: String, _ kind: Kind, _ help: String, _ labels: Labels, _ source: Source) {
        remove(name, labels: labels)
        _ = register(name, kind, help, labels, make: { source })
    }

    private static func family(_ name: String, _ kind: Kind, _ help: String) -> Family {
        precondition(isName(name), "'\(name)' is no name for a metric: letters, digits, '_' and ':', no digit first")
        return Family(kind: kind, help: help)
    }

    private static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, !(48...57).contains(first) else { return false }
        return text.utf8.allSatisfy { (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 95 || $0 == 58 }
    }

    /// `a="1",b="2"`, sorted by name, values escaped.
    static func render(_ labels: Labels) -> String {
        if labels.isEmpty { return "" }
        return labels.sorted { $0.0 < $1.0 }.map { name, value in
            precondition(isName(name) && !name.contains(":"), "'\(name)' is no name for a label")
            return name + "=\"" + Exposition.escaped(value, quotes: true) + "\""
        }.joined(separator: ",")
    }
}
