import CMicroHTTPD
import Glibc

/// Copies a request's header fields out of libmicrohttpd's memory and checks them on the way.
///
/// libmicrohttpd 0.9.75 lets request smuggling through: it takes a length beside a transfer coding, doubled lengths and hosts, a space before
/// the colon, and glues a folded line to the *name* of the field before. These checks are ours, on every version.
struct HeadReader {
    /// 0.9.75 cuts a value at a NUL, glues a folded line to the name before it, and ends the head at an empty name, so that what follows is
    /// taken for the next request. All of them show in its memory, where the lines of a good head follow one another: between two lies only
    /// the line end, as two zeros. Bare line feeds are refused with them. Later versions refuse these themselves, and lie otherwise.
    static let findsGaps = String(cString: MHD_get_version()).hasPrefix("0.9.")

    private let out: UnsafeMutableRawBufferPointer
    private(set) var count: Int
    private(set) var refusal: Refusal?
    /// Where the line before ended in libmicrohttpd's memory.
    private var previousEnd: UnsafePointer<CChar>
    private var lengths = 0
    private var codings = 0
    private var hosts = 0
    /// The announced length; nil when none was, or with a transfer coding.
    private(set) var length: Int?

    var isChunked: Bool { codings > 0 }
    var hasBody: Bool { isChunked || (length ?? 0) > 0 }

    /// - Parameters:
    ///   - out: room for the fields, with `used` bytes at its start taken.
    ///   - requestLineEnd: where the request line ended.
    init(into out: UnsafeMutableRawBufferPointer, used: Int, after requestLineEnd: UnsafePointer<CChar>) {
        previousEnd = requestLineEnd
        self.out = out
        count = used
    }

    /// One field. Returns whether to go on.
    mutating func add(_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) -> Bool {
        if Self.findsGaps, !Self.adjoins(previousEnd, name) { return refuse(.fieldValue) }
        let end = value.baseAddress.map { $0 + value.count } ?? name.baseAddress.map { $0 + name.count }
        if let end { previousEnd = end.assumingMemoryBound(to: CChar.self) }
        var last = value.count
        while last > 0, ASCII.isBlank(value[last - 1]) { last -= 1 }
        guard name.count > 0 else { return refuse(.fieldName) }
        guard name.count <= 0xFFFF, last <= 0xFFFF, count + 4 + name.count + last <= out.count else { return refuse(.head) }
        out[count] = UInt8(truncatingIfNeeded: name.count)
        out[count + 1] = UInt8(truncatingIfNeeded: name.count >> 8)
        out[count + 2] = UInt8(truncatingIfNeeded: last)
        out[count + 3] = UInt8(truncatingIfNeeded: last >> 8)
        count += 4
        let start = count
        for byte in name {
            guard ASCII.isToken(byte) else { return refuse(.fieldName) }
            out[count] = ASCII.lower(byte)
            count += 1
        }
        for index in 0..<last {
            guard ASCII.isValue(value[index]) else { return refuse(.fieldValue) }
            out[count] = value[index]
            count += 1
        }
        let lowered = UnsafeRawBufferPointer(rebasing: out[start..<start + name.count])
        return note(lowered, UnsafeRawBufferPointer(rebasing: out[start + name.count..<count]))
    }

    /// Fields that frame the message.
    private mutating func note(_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) -> Bool {
        switch name[0] {
        case UInt8(ascii: "c") where Self.begins(name, with: "content-length"):
            guard name.count == 14 else { return refuse(.fieldName) }
            lengths += 1
            return readLength(value)
        case UInt8(ascii: "t") where Self.begins(name, with: "transfer-encoding"):
            guard name.count == 17 else { return refuse(.fieldName) }
            codings += 1
            guard Self.equals(value, "chunked") else { return refuse(.coding) }
        case UInt8(ascii: "h") where Self.equals(name, "host"): hosts += 1
        default: break
        }
        return true
    }

    private mutating func readLength(_ value: UnsafeRawBufferPointer) -> Bool {
        guard !value.isEmpty else { return refuse(.framing) }
        var sum = 0
        for byte in value {
            guard byte >= 0x30, byte <= 0x39 else { return refuse(.framing) }
            let (product, overflow) = sum.multipliedReportingOverflow(by: 10)
            let (next, over) = product.addingReportingOverflow(Int(byte - 0x30))
            guard !overflow, !over else { return refuse(.body) }
            sum = next
        }
        length = sum
        return true
    }

    /// After the last field: what they say together.
    /// - Parameter end: where the head ended, with its empty line.
    mutating func finish(isHTTP11: Bool, end: UnsafePointer<CChar>) {
        guard refusal == nil else { return }
        if Self.findsGaps, end - previousEnd != 4 {
            refusal = .fieldValue
        } else if lengths + codings > 1 || (codings > 0 && !isHTTP11) {
            refusal = .framing
        } else if hosts > 1 || (hosts == 0 && isHTTP11) {
            refusal = .host
        }
    }

    private mutating func refuse(_ refusal: Refusal) -> Bool {
        self.refusal = refusal
        return false
    }

    private static func adjoins(_ end: UnsafePointer<CChar>, _ name: UnsafeRawBufferPointer) -> Bool {
        name.baseAddress == UnsafeRawPointer(end + 2) && end[0] == 0 && end[1] == 0
    }

    private static func begins(_ bytes: UnsafeRawBufferPointer, with text: StaticString) -> Bool {
        bytes.count >= text.utf8CodeUnitCount
            && bytes.starts(with: UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    private static func equals(_ bytes: UnsafeRawBufferPointer, _ text: StaticString) -> Bool {
        guard bytes.count == text.utf8CodeUnitCount else { return false }
        for index in 0..<bytes.count where ASCII.lower(bytes[index]) != text.utf8Start[index] { return false }
        return true
    }
}
