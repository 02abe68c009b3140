/// Prometheus' text format 0.0.4: https://prometheus.io/docs/instrumenting/exposition_formats/
struct Exposition {
    private(set) var text = ""

    /// HELP and TYPE once, then the family's samples by labels.
    mutating func append(_ name: String, _ family: Metrics.Family) {
        text += "# HELP \(name) \(Self.escaped(family.help, quotes: false))\n# TYPE \(name) \(family.kind.rawValue)\n"
        for (labels, source) in family.series.sorted(by: { $0.key < $1.key }) {
            switch source {
            case .counter(let counter): sample(name, labels, String(counter.value))
            case .readCounter(let read): sample(name, labels, String(read()))
            case .gauge(let gauge): sample(name, labels, Self.number(gauge.value))
            case .readGauge(let read): sample(name, labels, Self.number(read()))
            case .histogram(let histogram): samples(name, labels, histogram)
            }
        }
        if let collector = family.collector {
            for (labels, value) in collector().map({ (Metrics.render($0.labels), $0.value) }).sorted(by: { $0.0 < $1.0 }) {
                sample(name, labels, Self.number(value))
            }
        }
    }

    private mutating func sample(_ name: String, _ labels: String, _ value: String) {
        text += name
        if !labels.isEmpty { text += "{\(labels)}" }
        text += " \(value)\n"
    }

    private mutating func samples(_ name: String, _ labels: String, _ histogram: Histogram) {
        let (cumulative, sum) = histogram.read()
        let prefix = labels.isEmpty ? "" : labels + ","
        for (bucket, count) in cumulative.enumerated() {
            let bound = bucket < Histogram.bounds.count ? Self.seconds(Histogram.bounds[bucket]) : "+Inf"
            sample(name + "_bucket", prefix + "le=\"\(bound)\"", String(count))
        }
        sample(name + "_sum", labels, Self.seconds(sum))
        // From the same reads as the buckets, so that the two always agree.
        sample(name + "_count", labels, String(cumulative[cumulative.count - 1]))
    }

    private static func seconds(_ microseconds: UInt64) -> String { number(Double(microseconds) / 1e6) }

    private static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        if let whole = Int(exactly: value) { return String(whole) }
        return value.description
    }

    static func escaped(_ text: String, quotes: Bool) -> String {
        var escaped = ""
        for character in text.unicodeScalars {
            switch character {
            case "\\": escaped += "\\\\"
            case "\n": escaped += "\\n"
            case "\"" where quotes: escaped += "\\\""
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }
}
