/// What every throwing call of this module throws: one struct, so that callers switch on `code` or `disposition` and never parse text.
///
/// `place` says where in the thing that was read: a field path of a datum (`event.Started.worker`), a JSON pointer of a schema
/// (`/fields/3/type`), a block of a container. `offset` is the byte of the input where decoding stopped, when there is one.
public struct AvroError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of fault. Extensible: other files add their own names; a code is equal to another when its name is.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The name that appears in messages and metrics.
        public let name: String

        /// A code of that name.
        public init(_ name: String) { self.name = name }

        /// The name.
        public var description: String { name }
    }

    /// What a caller can do about it.
    public enum Disposition: Sendable, Hashable {
        /// The same call may succeed later (a registry that does not answer).
        case retry
        /// The input is refused: set it aside, go on with the next.
        case reject
        /// The program was built or configured wrongly.
        case fatal
    }

    /// What kind of fault.
    public let code: Code
    /// What can be done.
    public let disposition: Disposition
    /// The call that failed, for people.
    public let operation: String
    /// What is wrong, for people: names the thing and what was expected.
    public let detail: String
    /// Where: field path, JSON pointer or block; empty when the whole is meant.
    public let place: String
    /// The byte of the input, when the fault has one.
    public let offset: Int?

    /// An error; `reject` unless said otherwise.
    public init(
        _ code: Code, operation: String = "", detail: String, place: String = "", offset: Int? = nil, disposition: Disposition = .reject
    ) {
        self.code = code
        self.disposition = disposition
        self.operation = operation
        self.detail = detail
        self.place = place
        self.offset = offset
    }

    /// The same fault with `outer` in front of its place: decoders add field names on the way out, so the hot path carries none.
    public func inside(_ outer: String) -> AvroError {
        let joined = place.isEmpty ? outer : (place.hasPrefix("/") ? outer + place : outer + "." + place)
        return AvroError(code, operation: operation, detail: detail, place: joined, offset: offset, disposition: disposition)
    }

    /// One line: `operation: detail (at place, byte n) [code]`.
    public var description: String {
        var at: [String] = []
        if !place.isEmpty { at.append("at " + place) }
        if let offset { at.append("byte \(offset)") }
        let head = operation.isEmpty ? detail : operation + ": " + detail
        return head + (at.isEmpty ? "" : " (" + at.joined(separator: ", ") + ")") + " [" + code.name + "]"
    }
}

extension AvroError.Code {
    /// The input ends inside a value.
    public static let endOfInput = AvroError.Code("end-of-input")
    /// A varint of more than ten bytes (five for an int).
    public static let varintLength = AvroError.Code("varint-length")
    /// A varint whose value does not fit its type.
    public static let varintRange = AvroError.Code("varint-range")
    /// A boolean that is neither 0 nor 1.
    public static let booleanInvalid = AvroError.Code("boolean")
    /// A string that is not UTF-8.
    public static let utf8Invalid = AvroError.Code("utf8")
    /// A length or count below zero.
    public static let lengthNegative = AvroError.Code("length-negative")
    /// A length or count that needs more bytes than are left (limit: bytes left).
    public static let bytesLeft = AvroError.Code("bytes-left")
    /// More array items and map entries in all than `itemsMax`.
    public static let itemsMax = AvroError.Code("items-max")
    /// More blocks in all than `blocksMax`.
    public static let blocksMax = AvroError.Code("blocks-max")
    /// More items that take no byte than `zeroSizeItemsMax`.
    public static let zeroSizeItemsMax = AvroError.Code("zero-size-items-max")
    /// Values nested deeper than `depthMax`.
    public static let depthMax = AvroError.Code("depth-max")
    /// More memory than `memoryMax` would be needed.
    public static let memoryMax = AvroError.Code("memory-max")
    /// An input longer than slices can address (4 GiB).
    public static let inputMax = AvroError.Code("input-max")
    /// A block whose declared size is not the size of its items.
    public static let blockSize = AvroError.Code("block-size")
    /// A union's branch or an enum's symbol that the schema does not have.
    public static let branchUnknown = AvroError.Code("branch-unknown")
    /// Bytes behind the end of the datum.
    public static let trailingBytes = AvroError.Code("trailing-bytes")
    /// Bytes that are not in the expected framing.
    public static let framing = AvroError.Code("framing")
    /// A schema id or fingerprint that nobody here knows.
    public static let schemaUnknown = AvroError.Code("schema-unknown")
    /// Writer's and reader's schema do not fit each other.
    public static let schemasIncompatible = AvroError.Code("schemas-incompatible")
}
