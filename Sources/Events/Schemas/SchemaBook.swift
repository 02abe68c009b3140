public import Avro
import Telemetry

/// The schemas of the installation: what `rejoinder.schemas` says, and what this program knows by itself. Shared by all threads.
///
/// Feed it the records of `rejoinder.schemas` in their order (`apply`); it then reads any record that was written with one of them.
public final class SchemaBook: Sendable {
    private let state: Locked<State>
    /// How long ``fetched(_:)`` waits for the external registry.
    public static let fetchMax = Duration.seconds(2)
    /// How long an id without an answer is not asked for again.
    public static let vainMemory = Duration.seconds(10)
    /// Ids asked for in vain that are remembered.
    static let vainMax = 10_000

    private struct State {
        var schemas: [UInt32: KnownSchema] = [:]
        /// What is registered, in the order of registration.
        var registry = SchemaRegistry()
        var resolutions: [ResolutionKey: Resolution] = [:]
        var operations: [String: Operation] = [:]
        /// Where ids that nobody told of are asked for.
        var external: RegistryClient?
        /// Ids that were asked for in vain, and until when that is believed.
        var vain: [UInt32: ContinuousClock.Instant] = [:]
    }

    /// A book that knows the shared envelopes and the operations of a catalogue. Knowing is not being registered: see `missing`.
    public init(_ catalogue: Catalogue = Catalogue()) {
        state = Locked(State())
        add(catalogue)
    }

    /// Learns the schemas of another catalogue, for instance after a reload.
    public func add(_ catalogue: Catalogue) {
        for schema in EnvelopeCodec.allShared { learn(schema) }
        for operation in catalogue.operations {
            learn(operation.requestEnvelope)
            learn(operation.responseEnvelope)
        }
        state.withLock { state in
            for operation in catalogue.operations { state.operations[operation.name] = operation }
        }
    }

    /// Applies a record of `rejoinder.schemas`; nil is a tombstone, which withdraws a version of a subject (the id stays readable).
    ///
    /// Throws what is wrong with the record; `schemaConflict` when its id is that of another schema, which is then not taken.
    public func apply(key: RawSpan, value: RawSpan?) throws(AvroError) {
        guard let value else {
            withdraw(key.withUnsafeBytes { String(decoding: $0, as: UTF8.self) })
            return
        }
        try EnvelopeCodec.expect(EnvelopeCodec.schema, value)
        var reader = try EnvelopeCodec.body(of: value, limits: .standard)
        let wire = try Wire.Schema(from: &reader)
        try reader.finish()
        let text = wire.schema.string(in: value)
        try register(subject: wire.subject.string(in: value), id: UInt32(bitPattern: wire.id), schema: Schema(parsing: text), text: text)
    }

    /// Takes a schema under a subject. Throws `schemaConflict` when the id is that of another schema.
    public func register(subject: String, id: UInt32, schema: Schema) throws(AvroError) {
        try register(subject: subject, id: id, schema: schema, text: schema.json.text)
    }

    private func register(subject: String, id: UInt32, schema: Schema, text: String) throws(AvroError) {
        let known = known(id) ?? KnownSchema(id: id, schema: schema)
        guard known.schema == schema else {
            throw AvroError(
                .schemaConflict, operation: "register schema",
                detail: "\(subject): the id \(id) is already that of \(known.schema.name ?? "another schema"), whose text differs")
        }
        try state.withLock { state throws(AvroError) in
            try state.registry.apply(subject: subject, id: id, schema: schema, text: text)
            if state.schemas[id] == nil { state.schemas[id] = known }
        }
    }

    /// What is registered, as a value of its own: what `/registry` answers from.
    public var registry: SchemaRegistry { state.withLock { $0.registry } }

    /// An operation of the catalogues, by its name.
    func operation(named name: String) -> Operation? { state.withLock { $0.operations[name] } }

    /// What is known of a schema id.
    public func known(_ id: UInt32) -> KnownSchema? { state.withLock { $0.schemas[id] } }

    /// From now on ids that nobody told of are asked for at an external registry.
    public func consult(_ registry: RegistryClient) { state.withLock { $0.external = registry } }

    /// What is known of a schema id; one that is not known is asked for at the external registry, where there is one.
    ///
    /// Waits for the answer, up to ``fetchMax``: only for threads that may wait. An id without an answer is not asked for again for ``vainMemory``.
    public func fetched(_ id: UInt32) -> KnownSchema? {
        let (known, external) = state.withLock { state in
            let isVain = state.vain[id].map { $0 > .now } ?? false
            return (state.schemas[id], isVain ? nil : state.external)
        }
        guard known == nil, let external else { return known }
        let fetch = SchemaFetch(id, from: external, within: Self.fetchMax)
        if let schema = fetch.wait() {
            let found = KnownSchema(id: id, schema: schema)
            state.withLock { if $0.schemas[id] == nil { $0.schemas[id] = found } }
        } else {
            state.withLock { state in
                if state.vain.count >= Self.vainMax { state.vain.removeAll() }
                state.vain[id] = .now + Self.vainMemory
            }
        }
        return self.known(id)
    }

    func cached(_ key: ResolutionKey) -> Resolution? { state.withLock { $0.resolutions[key] } }

    func cache(_ resolution: Resolution, _ key: ResolutionKey) { state.withLock { $0.resolutions[key] = resolution } }

    /// The subjects that were registered, sorted.
    public var subjects: [String] { registry.subjects }

    /// The ids registered under a subject, the first version first.
    public func versions(of subject: String) -> [UInt32] { registry.versions(of: subject).map(\.id) }

    /// The subjects under which an id is registered, sorted.
    public func subjects(of id: UInt32) -> [String] {
        let registry = registry
        return registry.subjects.filter { subject in registry.versions(of: subject).contains { $0.id == id } }
    }

    /// What `rejoinder.schemas` still lacks for a catalogue: append each (`key`, `value`).
    public func missing(for catalogue: Catalogue, names: TopicNames) -> [SchemaRegistration] {
        let registry = registry
        return catalogue.registrations(names).filter { wanted in
            !registry.versions(of: wanted.subject).contains { $0.id == wanted.schema.id }
        }
    }

    private func learn(_ schema: RegisteredSchema) {
        let isNew = state.withLock { $0.schemas[schema.id] == nil }
        guard isNew else { return }
        let known = KnownSchema(id: schema.id, schema: schema.schema)
        state.withLock { state in
            if state.schemas[schema.id] == nil { state.schemas[schema.id] = known }
        }
    }

    private func withdraw(_ key: String) {
        guard let slash = key.lastIndex(of: "/"), let id = UInt32(key[key.index(after: slash)...]) else { return }
        state.withLock { $0.registry.withdraw(subject: String(key[..<slash]), id: id) }
    }
}

extension AvroError.Code {
    /// Two schemas under one id.
    public static let schemaConflict = AvroError.Code("schema-conflict")
}
