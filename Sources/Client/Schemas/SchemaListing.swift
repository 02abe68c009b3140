public import Avro

/// The subjects of a registry with their versions, as `rejoinder schemas list` shows them.
public struct SchemaListing: Sendable {
    /// A version of a subject.
    public struct Entry: Sendable, Equatable {
        /// `<topic>-value`
        public let subject: String
        /// From 1, in the order of the log.
        public let version: Int
        /// The id in the records' five-byte heads.
        public let id: UInt32
        /// The full name of the schema, or its kind where it has none.
        public let name: String
    }

    /// By subject, oldest version first.
    public let entries: [Entry]

    /// All of a registry.
    public init(_ registry: SchemaRegistry) {
        entries = registry.subjects.flatMap { subject in
            registry.versions(of: subject).map { version in
                let schema = registry.schema(id: version.id)
                return Entry(subject: subject, version: version.version, id: version.id, name: schema?.name ?? schema?.kind.rawValue ?? "")
            }
        }
    }

    /// Some of another listing's entries.
    public init(_ entries: [Entry]) { self.entries = entries }

    /// What was registered now, of so many that are needed: `{"registered":[{"subject","version","id"}],"needed"}`
    public func registered(of needed: Int) -> JSONValue {
        let registered = entries.map { entry -> JSONValue in
            .object([
                .init("subject", .string(entry.subject)), .init("version", .whole(Int64(entry.version))),
                .init("id", .whole(Int64(entry.id))),
            ])
        }
        return .object([.init("registered", .array(registered)), .init("needed", .whole(Int64(needed)))])
    }

    /// `{"subjects":[{"subject","versions":[{"version","id","name"}]}]}`
    public var json: JSONValue {
        var subjects: [(subject: String, versions: [JSONValue])] = []
        for entry in entries {
            if subjects.last?.subject != entry.subject { subjects.append((entry.subject, [])) }
            subjects[subjects.count - 1].versions.append(
                .object([
                    .init("version", .whole(Int64(entry.version))), .init("id", .whole(Int64(entry.id))),
                    .init("name", .string(entry.name)),
                ]))
        }
        return .object([
            .init(
                "subjects",
                .array(subjects.map { .object([.init("subject", .string($0.subject)), .init("versions", .array($0.versions))]) }))
        ])
    }
}
