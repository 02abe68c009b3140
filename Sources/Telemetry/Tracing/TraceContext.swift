/// W3C Trace Context: the `traceparent` that travels in headers and events.
public struct TraceContext: Sendable, Hashable {
    /// Sixteen bytes as two numbers, not both zero.
    public let traceHigh: UInt64
    public let traceLow: UInt64
    /// The span that calls, not zero.
    public let parent: UInt64
    public let flags: UInt8

    public init?(traceHigh: UInt64, traceLow: UInt64, parent: UInt64, flags: UInt8) {
        guard traceHigh | traceLow != 0, parent != 0 else { return nil }
        self.traceHigh = traceHigh
        self.traceLow = traceLow
        self.parent = parent
        self.flags = flags
    }

    /// Parses `00-<32 hex>-<16 hex>-<2 hex>`; a later version may have more behind it. Nil for what the recommendation calls invalid.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 55, bytes[2] == 45, bytes[35] == 45, bytes[52] == 45 else { return nil }
        guard let version = Self.hex(bytes[0..<2]), version != 0xFF, version == 0 ? bytes.count == 55 : bytes.count == 55 || bytes[55] == 45 else { return nil }
        guard let high = Self.hex(bytes[3..<19]), let low = Self.hex(bytes[19..<35]), let parent = Self.hex(bytes[36..<52]),
            let flags = Self.hex(bytes[53..<55])
        else { return nil }
        self.init(traceHigh: high, traceLow: low, parent: parent, flags: UInt8(flags))
    }

    /// The same trace with another span as the parent. `span` is random and not zero.
    public func child(span: UInt64) -> TraceContext? {
        TraceContext(traceHigh: traceHigh, traceLow: traceLow, parent: span, flags: flags)
    }

    /// `00-<trace>-<parent>-<flags>`
    public var text: String { "00-\(Self.text(traceHigh, 16))\(Self.text(traceLow, 16))-\(Self.text(parent, 16))-\(Self.text(UInt64(flags), 2))" }

    private static func hex(_ bytes: ArraySlice<UInt8>) -> UInt64? {
        var value: UInt64 = 0
        for byte in bytes {
            switch byte {
            case 48...57: value = value << 4 | UInt64(byte - 48)
            case 97...102: value = value << 4 | UInt64(byte - 87)
            default: return nil
            }
        }
        return value
    }

    private static func text(_ value: UInt64, _ width: Int) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: width - digits.count) + digits
    }
}
