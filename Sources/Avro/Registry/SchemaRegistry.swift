/// The registry's state and rules, pure: the shell reads and writes the topic of schemas.
///
/// Its state is the log of `{subject, id, schema}` records, applied in order (``apply(subject:id:schema:)``); versions count from 1 in that order.
/// A call that changes something is answered by an outcome that names the record to append first.
public struct SchemaRegistry: Sendable {
    /// A schema under a subject.
    public struct Version: Sendable {
        /// The number, from 1.
        public let version: Int
        /// The schema's id.
        public let id: UInt32
    }

    /// What has to happen for a call.
    public enum Outcome: Sendable {
        /// Answer so.
        case reply(RegistryResponse)
        /// Append the record, wait until it is acknowledged and applied, then answer so.
        case register(subject: String, id: UInt32, schema: String, then: RegistryResponse)
    }

    /// What a text may cost.
    public var limits = SchemaLimits()
    /// How strictly a new version is checked against those before it.
    public var level = Compatibility.Level.backward
    /// Where schemas are registered in place of here; nil when it is here. Reading goes on, registering is refused.
    public var registersAt: String?
    private(set) var versions: [String: [Version]] = [:]
    private(set) var schemas: [UInt32: (schema: Schema, text: String)] = [:]

    /// An empty registry.
    public init() {}

    /// Takes a record of the log. One that is there already changes nothing; an id that another schema has is refused.
    public mutating func apply(subject: String, id: UInt32, schema text: String) throws(AvroError) {
        try apply(subject: subject, id: id, schema: Schema(parsing: text, limits: limits), text: text)
    }

    /// The same with a schema that is parsed already, and the text that is to be shown for it.
    ///
    /// - Parameter version: its number, where somebody else counts; the next one by default.
    public mutating func apply(subject: String, id: UInt32, schema: Schema, text: String, version: Int? = nil) throws(AvroError) {
        if let known = schemas[id] {
            guard known.schema == schema else {
                throw AvroError(.idConflict, operation: "register", detail: "id \(id) belongs to another schema", place: subject)
            }
        } else {
            schemas[id] = (schema, text)
        }
        var list = versions[subject] ?? []
        guard !list.contains(where: { $0.id == id }) else { return }
        list.append(Version(version: version ?? (list.last?.version ?? 0) + 1, id: id))
        versions[subject] = list
    }

    /// Takes a version of a subject back; those behind it move up. The id stays readable.
    public mutating func withdraw(subject: String, id: UInt32) {
        guard let list = versions[subject] else { return }
        let left = list.map(\.id).filter { $0 != id }
        versions[subject] = left.isEmpty ? nil : left.enumerated().map { Version(version: $0.offset + 1, id: $0.element) }
    }

    /// The schema of an id.
    public func schema(id: UInt32) -> Schema? { schemas[id]?.schema }

    /// All subjects, sorted.
    public var subjects: [String] { versions.keys.sorted() }

    /// The versions of a subject, oldest first.
    public func versions(of subject: String) -> [Version] { versions[subject] ?? [] }

    /// Why a schema may not follow what a subject has; empty when it may.
    public func incompatibilities(_ schema: Schema, subject: String) -> [Incompatibility] {
        Compatibility.reasons(schema, after: versions(of: subject).compactMap { schemas[$0.id]?.schema }, level: level)
    }
}

extension AvroError.Code {
    /// Two schemas with one id.
    public static let idConflict = AvroError.Code("id-conflict")
    /// A registry that refused a call, or did not answer.
    public static let registry = AvroError.Code("registry")
    /// A registry that does not let this client in.
    public static let registryDenied = AvroError.Code("registry-denied")
    /// A schema in a registry that is of another kind than Avro.
    public static let schemaTypeUnknown = AvroError.Code("schema-type")
}
