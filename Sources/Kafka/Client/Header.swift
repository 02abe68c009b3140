public import Telemetry

/// One header of a record. Each costs librdkafka about 0.7 µs to send: few, or none.
public struct Header: Sendable, Hashable {
    /// The header's name.
    public let name: String
    /// Its bytes; nil is a header without a value.
    public let value: [UInt8]?

    /// A header with bytes.
    public init(_ name: String, _ value: [UInt8]?) {
        self.name = name
        self.value = value
    }

    /// A header with text.
    public init(_ name: String, text: String) {
        self.init(name, Array(text.utf8))
    }

    /// The place in a trace, as W3C Trace Context writes it.
    public init(_ trace: TraceContext) {
        self.init(Self.traceparent, text: trace.description)
    }

    /// The name of the header that carries a trace.
    public static let traceparent = "traceparent"
}
