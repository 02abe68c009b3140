public import Avro
public import Events

/// Whether the schemas of a catalogue still read what was written with those that are registered for its topics.
public struct SchemaCheck: Sendable {
    /// What was found out about a subject.
    public enum State: String, Sendable {
        /// Nothing is registered under it, so nothing was written.
        case new
        /// The schema is registered as it is, and reads all before it.
        case unchanged
        /// The schema is another one, and reads all that are registered.
        case readable
        /// The schema does not read what one of the registered may have written.
        case unreadable
    }

    /// A registered version, and why the schema of the catalogue does not read what it wrote; no reason when it does.
    public struct Version: Sendable {
        /// From 1, in the order of the log.
        public let version: Int
        /// The id in the records' heads.
        public let id: UInt32
        /// Why not, field by field.
        public let reasons: [Incompatibility]
    }

    /// A subject of the catalogue.
    public struct Finding: Sendable {
        /// `<topic>-value`
        public let subject: String
        /// The id of the catalogue's schema.
        public let id: UInt32
        /// All that are registered, oldest first.
        public let versions: [Version]
        /// What follows from them.
        public let state: State
    }

    /// By subject.
    public let findings: [Finding]

    /// Whether everything that was written can be read.
    public var isReadable: Bool { findings.allSatisfy { $0.state != .unreadable } }

    /// Checks every schema of a catalogue against every version under its subject: topics keep what any of them wrote.
    public init(_ catalogue: Catalogue, names: TopicNames, registry: SchemaRegistry) {
        self.init(catalogue.registrations(names), registry: registry)
    }

    /// Checks these schemas against every version under their subjects. They are known by what they are: another registry counts ids its way.
    public init(_ registrations: [SchemaRegistration], registry: SchemaRegistry) {
        findings = registrations.sorted { $0.subject < $1.subject }.map { wanted in
            let versions = registry.versions(of: wanted.subject).map { version in
                let written = registry.schema(id: version.id)
                let reasons = written.map { Compatibility.reasons(reader: wanted.schema.schema, writer: $0) }
                return Version(version: version.version, id: version.id, reasons: reasons ?? [])
            }
            let known = versions.last { registry.schema(id: $0.id) == wanted.schema.schema }
            return Finding(
                subject: wanted.subject, id: known?.id ?? wanted.schema.id, versions: versions,
                state: Self.state(versions, isKnown: known != nil))
        }
    }

    private static func state(_ versions: [Version], isKnown: Bool) -> State {
        if versions.isEmpty { return .new }
        if versions.contains(where: { !$0.reasons.isEmpty }) { return .unreadable }
        return isKnown ? .unchanged : .readable
    }

    /// The check's document with libavro's opinions beside it: `"libavro":[{"schema","fault"}]`.
    public func json(with opinions: [SchemaOpinion]) -> JSONValue {
        .object((json.members ?? []) + [.init("libavro", .array(opinions.map(\.json)))])
    }

    /// `{"readable","subjects":[{"subject","id","state","versions":[{"version","id","readable","reasons":[{"kind","place","detail"}]}]}]}`
    public var json: JSONValue {
        .object([.init("readable", .boolean(isReadable)), .init("subjects", .array(findings.map(Self.json)))])
    }

    private static func json(_ finding: Finding) -> JSONValue {
        .object([
            .init("subject", .string(finding.subject)), .init("id", .whole(Int64(finding.id))),
            .init("state", .string(finding.state.rawValue)),
            .init(
                "versions",
                .array(
                    finding.versions.map { version in
                        .object([
                            .init("version", .whole(Int64(version.version))), .init("id", .whole(Int64(version.id))),
                            .init("readable", .boolean(version.reasons.isEmpty)), .init("reasons", .array(version.reasons.map(json))),
                        ])
                    })),
        ])
    }

    private static func json(_ reason: Incompatibility) -> JSONValue {
        .object([
            .init("kind", .string(reason.kind.rawValue)), .init("place", .string(reason.place)), .init("detail", .string(reason.detail)),
        ])
    }
}
