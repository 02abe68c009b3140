/// Why a JSON document was not taken: it is no JSON (`400`), or it does not fit the schema (`422`).
public enum JSONRejection: Error, Sendable, Hashable, CustomStringConvertible {
    /// The text is no JSON, or passes a limit; `offset` says where.
    case malformed(AvroError)
    /// The text is JSON; these are its faults against the schema, at most ``JSONToAvro/Limits/faultsMax``.
    case unfit([JSONFault])

    /// Whether the text is no JSON.
    public var isMalformed: Bool {
        if case .malformed = self { true } else { false }
    }

    /// The faults against the schema; for text that is no JSON one, without a pointer, that says where.
    public var faults: [JSONFault] {
        switch self {
        case .malformed(let error): [JSONFault(pointer: "", detail: error.offset.map { "byte \($0): \(error.detail)" } ?? error.detail)]
        case .unfit(let faults): faults
        }
    }

    /// The faults, one after the other.
    public var description: String { faults.map(\.description).joined(separator: "; ") }
}
