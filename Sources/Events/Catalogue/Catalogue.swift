import Avro

/// The operations that a folder of Avro protocols describes. Immutable: a changed folder is another catalogue.
public final class Catalogue: Sendable {
    /// By name, in order.
    public let operations: [Operation]
    private let byName: [String: Operation]

    /// No operation.
    public init() {
        operations = []
        byName = [:]
    }

    /// The operations of some protocol files: their names (for messages) and their texts.
    ///
    /// Throws every fault of every file at once. The namespace `rejoinder` and the protocol name `rejoinder` are reserved.
    public init(files: [(name: String, text: String)]) throws(CatalogueError) {
        var reader = CatalogueReader()
        for file in files { reader.read(file.name, file.text) }
        if !reader.faults.isEmpty { throw CatalogueError(faults: reader.faults) }
        byName = reader.operations
        operations = reader.operations.values.sorted { $0.name < $1.name }
    }

    /// These operations.
    public init(_ operations: [Operation]) {
        self.operations = operations.sorted { $0.name < $1.name }
        byName = Dictionary(operations.map { ($0.name, $0) }) { first, _ in first }
    }

    /// An operation by its name.
    public subscript(name: String) -> Operation? { byName[name] }

    /// Every schema that the topics of these operations and the shared topics need, under its subject.
    public func registrations(_ names: TopicNames) -> [SchemaRegistration] {
        [
            SchemaRegistration(topic: names.commands, schema: EnvelopeCodec.command),
            SchemaRegistration(topic: names.heartbeats, schema: EnvelopeCodec.heartbeat),
            SchemaRegistration(topic: names.jobs, schema: EnvelopeCodec.folded),
            SchemaRegistration(topic: names.members, schema: EnvelopeCodec.member),
            SchemaRegistration(topic: names.schemas, schema: EnvelopeCodec.schema),
        ] + operations.flatMap { $0.registrations(names) }
    }
}

/// Collects operations and faults over several files.
struct CatalogueReader {
    private(set) var operations: [String: Operation] = [:]
    private(set) var faults: [CatalogueError.Fault] = []
    private var origins: [String: String] = [:]

    mutating func read(_ file: String, _ text: String) {
        let avro: AvroProtocol
        do {
            avro = try AvroProtocol(parsing: text)
        } catch {
            let place = error.offset.map { "byte \($0)" } ?? error.place
            faults.append(CatalogueError.Fault(file: file, place: place, detail: error.detail))
            return
        }
        let before = faults.count
        checkNames(avro, file)
        guard faults.count == before else { return }
        for message in avro.messages { read(message, of: avro, file) }
    }

    private mutating func checkNames(_ avro: AvroProtocol, _ file: String) {
        if avro.name == "rejoinder" { fault(file, "/protocol", "the name 'rejoinder' is reserved: its topics would meet ours") }
        if avro.namespace.isEmpty {
            fault(file, "/namespace", "a protocol needs a namespace: its types stand beside ours in the topics' schemas")
        }
        if Self.isReserved(avro.namespace) { fault(file, "/namespace", "the namespace 'rejoinder' is reserved for the envelopes") }
        for (index, type) in avro.types.enumerated() where Self.isReserved(type.namespace) && !Self.isReserved(avro.namespace) {
            fault(file, "/types/\(index)", "\(type.name ?? "") lies in the namespace 'rejoinder', which is reserved for the envelopes")
        }
        if avro.messages.isEmpty { fault(file, "/messages", "the protocol has no message, so it describes no operation") }
    }

    private static func isReserved(_ namespace: String) -> Bool { namespace == "rejoinder" || namespace.hasPrefix("rejoinder.") }

    private mutating func read(_ message: AvroProtocol.Message, of avro: AvroProtocol, _ file: String) {
        let name = avro.name + "." + message.name
        let place = "/messages/" + message.name
        if let other = origins[name] {
            fault(file, place, "the operation \(name) is described in \(other), too")
            return
        }
        origins[name] = file
        let before = faults.count
        var part: Schema?
        var policyReader = PolicyReader(at: place + "/policy")
        var policy = policyReader.read(.object([]))
        for attribute in message.attributes {
            switch attribute.name {
            case "part":
                do {
                    part = try avro.schema(attribute.value, at: place + "/part")
                } catch {
                    fault(file, error.place, error.detail)
                }
            case "policy": policy = policyReader.read(attribute.value)
            default: break
            }
        }
        for (place, detail) in policyReader.faults { fault(file, place, detail) }
        guard faults.count == before else { return }
        do {
            operations[name] = try Operation(
                name: name, namespace: avro.namespace, doc: message.doc, request: message.request, response: message.response, part: part,
                errors: message.errors, policy: policy)
        } catch {
            fault(file, place, error.detail)
        }
    }

    private mutating func fault(_ file: String, _ place: String, _ detail: String) {
        faults.append(CatalogueError.Fault(file: file, place: place, detail: detail))
    }
}
