/// One reason why a reader's schema cannot read what a writer's schema wrote.
public struct Incompatibility: Sendable, Hashable, CustomStringConvertible {
    /// What kind of reason.
    public enum Kind: String, Sendable, Hashable {
        /// The types differ and do not promote.
        case typeMismatch
        /// The names of two records, enums or fixed differ.
        case nameMismatch
        /// The sizes of two fixed differ.
        case sizeMismatch
        /// A field that the writer lacks has no default in the reader.
        case fieldWithoutDefault
        /// The writer's enum has symbols that the reader lacks, and the reader has no default.
        case symbolsMissing
        /// The writer's union has a branch that the reader does not take.
        case branchMissing
    }

    /// What kind of reason.
    public let kind: Kind
    /// The place in the reader's schema, as names of fields joined by dots; `[]` for items, `{}` for values, `|n` for a branch of the writer's union.
    public let place: String
    /// The reason in words.
    public let detail: String

    /// `total: the reader has int, the writer has string`
    public var description: String { place.isEmpty ? detail : "\(place): \(detail)" }
}
