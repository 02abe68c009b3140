/// A place in a distributed trace: W3C Trace Context's `traceparent`, level 1.
public struct TraceContext: Sendable, Hashable, CustomStringConvertible {
    /// The trace's id, first half.
    public let traceHigh: UInt64
    /// The trace's id, second half.
    public let traceLow: UInt64
    /// The span that calls.
    public let parent: UInt64
    /// The flags; bit 0 says that the caller records the trace.
    public let flags: UInt8

    /// A new trace from 24 random bytes.
    public init(random: (UInt64, UInt64, UInt64), sampled: Bool = true) {
        traceHigh = random.0
        traceLow = random.0 | random.1 == 0 ? 1 : random.1  // all zeros means "no trace"
        parent = random.2 == 0 ? 1 : random.2
        flags = sampled ? 1 : 0
    }

    /// A context of these; nil when the trace or the span is zero, which means "none".
    public init?(traceHigh: UInt64, traceLow: UInt64, parent: UInt64, flags: UInt8) {
        guard traceHigh | traceLow != 0, parent != 0 else { return nil }
        self.traceHigh = traceHigh
        self.traceLow = traceLow
        self.parent = parent
        self.flags = flags
    }

    /// The context of a `traceparent` value; nil when it breaks the standard's grammar (then a new trace begins).
    public init?(_ text: String) {
        var text = text
        guard let context = text.withUTF8({ TraceContext(utf8: $0) }) else { return nil }
        self = context
    }

    /// ``init(_:)-(String)`` from bytes.
    public init?(_ bytes: some Collection<UInt8>) {
        guard
            let context = bytes.withContiguousStorageIfAvailable({ TraceContext(utf8: $0) })
                ?? Array(bytes).withUnsafeBufferPointer({ TraceContext(utf8: $0) })
        else { return nil }
        self = context
    }

    private init?(utf8 bytes: UnsafeBufferPointer<UInt8>) {
        let dash = UInt8(ascii: "-")
        guard bytes.count >= 55, bytes[2] == dash, bytes[35] == dash, bytes[52] == dash,
            let version = Self.hex(bytes[0..<2]), version != 0xff,
            let high = Self.hex(bytes[3..<19]), let low = Self.hex(bytes[19..<35]),
            let parent = Self.hex(bytes[36..<52]),
            let flags = Self.hex(bytes[53..<55])
        else { return nil }
        // Version 00 ends here; later ones may go on after a dash, and are read as far as 00 goes.
        guard bytes.count == 55 || version > 0 && bytes[55] == dash else { return nil }
        self.init(traceHigh: high, traceLow: low, parent: parent, flags: version == 0 ? UInt8(flags) : UInt8(flags) & 1)
    }

    /// The same trace one step further; `random` becomes the span's id.
    public func child(random: UInt64) -> TraceContext {
        TraceContext(self, parent: random == 0 ? 1 : random)
    }

    private init(_ context: TraceContext, parent: UInt64) {
        traceHigh = context.traceHigh
        traceLow = context.traceLow
        self.parent = parent
        flags = context.flags
    }

    /// Whether the caller records the trace.
    public var sampled: Bool { flags & 1 == 1 }

    /// The trace's id: 32 hexadecimal digits.
    public var traceID: String { String(unsafeUninitializedCapacity: 32) { Self.write(traceHigh, $0, 0) + Self.write(traceLow, $0, 16) } }

    /// The calling span's id: 16 hexadecimal digits.
    public var parentID: String { String(unsafeUninitializedCapacity: 16) { Self.write(parent, $0, 0) } }

    /// The `traceparent` value, version 00.
    public var text: String {
        String(unsafeUninitializedCapacity: 55) { text in
            for (index, byte) in zip([0, 1, 2, 35, 52], "00---".utf8) { text[index] = byte }
            _ = Self.write(traceHigh, text, 3) + Self.write(traceLow, text, 19) + Self.write(parent, text, 36)
            text[53] = Self.digit(flags >> 4)
            text[54] = Self.digit(flags & 15)
            return 55
        }
    }

    /// ``text``.
    public var description: String { text }

    private static func write(_ number: UInt64, _ text: UnsafeMutableBufferPointer<UInt8>, _ start: Int) -> Int {
        for place in 0..<16 { text[start + place] = digit(UInt8(truncatingIfNeeded: number >> UInt64(60 - 4 * place)) & 15) }
        return 16
    }

    private static func digit(_ nibble: UInt8) -> UInt8 {
        nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10
    }

    /// Lower-case hexadecimal only, as the standard has it.
    private static func hex(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> UInt64? {
        var number: UInt64 = 0
        for byte in digits {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): number = number << 4 | UInt64(byte - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): number = number << 4 | UInt64(byte - UInt8(ascii: "a") + 10)
            default: return nil
            }
        }
        return number
    }
}
