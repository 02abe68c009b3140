import Synchronization

/// All metrics of a process, and their text for Prometheus (exposition format 0.0.4).
///
/// Metrics are made once and kept; asking for the same name and labels again gives the same metric. Label values are fixed when a metric is
/// made: never make one of an id or of text from outside. At most `seriesMax` are kept; further ones count but are not shown.
public final class Metrics: Sendable {
    public static let seriesMax = 10_000

    private struct Key: Hashable {
        let name: String
        let labels: String
    }

    private struct Registered {
        let help: String
        let kind: String
        let metric: any Metric
    }

    private let registered = Locked<[Key: Registered]>([:])

    public init() {}

    /// A number that only grows, such as requests answered. By convention its name ends in `_total`.
    public func counter(_ name: String, help: String, labels: [(String, String)] = []) -> Counter {
        register(name, help, "counter", labels) { Counter() }
    }

    /// A number that goes up and down and is set.
    public func gauge(_ name: String, help: String, labels: [(String, String)] = []) -> Gauge {
        register(name, help, "gauge", labels) { Gauge() }
    }

    /// A number that is asked for whenever the text is made. `read` is called from the thread that asks and must not wait.
    public func gauge(_ name: String, help: String, labels: [(String, String)] = [], read: @escaping @Sendable () -> Double) {
        _ = register(name, help, "gauge", labels) { ReadGauge(read: read) }
    }

    /// Durations in fixed buckets of seconds. By convention its name ends in `_seconds`.
    public func histogram(_ name: String, help: String, labels: [(String, String)] = []) -> Histogram {
        register(name, help, "histogram", labels) { Histogram() }
    }

    private func register<Made: Metric>(_ name: String, _ help: String, _ kind: String, _ labels: [(String, String)], _ make: () -> Made) -> Made {
        let key = Key(name: name, labels: labels.map { "\($0.0)=\"\(Self.escaped($0.1))\"" }.joined(separator: ","))
        let made = make()
        return registered.withLock { all in
            if let known = all[key]?.metric as? Made { return known }
            if all.count < Self.seriesMax { all[key] = Registered(help: help, kind: kind, metric: made) }
            return made
        }
    }

    /// The text that `/metrics` answers with: sorted by name, then labels.
    public func exposition() -> String {
        let all = registered.withLock { $0.map { ($0.key, $0.value) } }.sorted { ($0.0.name, $0.0.labels) < ($1.0.name, $1.0.labels) }
        var text = ""
        var last = ""
        for (key, value) in all {
            if key.name != last {
                text += "# HELP \(key.name) \(value.help)\n# TYPE \(key.name) \(value.kind)\n"
                last = key.name
            }
            value.metric.samples { suffix, label, sample in
                let labels = [key.labels, label].filter { !$0.isEmpty }.joined(separator: ",")
                text += "\(key.name)\(suffix)\(labels.isEmpty ? "" : "{\(labels)}") \(sample)\n"
            }
        }
        return text
    }

    private static func escaped(_ text: String) -> String {
        var out = ""
        for character in text {
            switch character {
            case "\\": out += "\\\\"
            case "\"": out += "\\\""
            case "\n": out += "\\n"
            default: out.append(character)
            }
        }
        return out
    }
}

/// What a metric shows: suffix of the name, a further label, the sample.
protocol Metric: AnyObject, Sendable {
    func samples(_ put: (_ suffix: String, _ label: String, _ sample: String) -> Void)
}
