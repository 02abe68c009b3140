public import Avro
public import Events
import HTTPClient

/// A schema registry with Confluent's REST interface: where the ids of the operations' schemas come from when an installation has one.
///
/// `close` must be called.
public final class ExternalRegistry: Sendable {
    /// The registry's client.
    public let client: RegistryClient
    /// The registry's URL, without credentials.
    public let url: String
    private let http: HTTPClient

    /// A registry at a URL such as `https://registry.example.org:8081`. A name and password for basic authentication may stand in it, as
    /// `https://name:password@host`, percent-encoded; they are sent as a header and never shown.
    public init(url text: String) throws(SetupError) {
        let place = try RegistryPlace(text)
        guard let http = HTTPClient() else { throw SetupError("the HTTP client cannot be made: no memory or no thread") }
        self.http = http
        url = place.url
        client = RegistryClient(.init(url: place.url, credentials: place.credentials), transport: HTTPRegistryTransport(http))
    }

    /// Ends what is under way.
    public func close() { http.close() }

    /// What belongs into an external registry: the schemas of the operations' topics, and of `rejoinder.commands`, which clients write.
    ///
    /// The records of the other shared topics are between nodes: they keep the ids that everybody computes.
    public static func registrations(_ catalogue: Catalogue, names: TopicNames) -> [SchemaRegistration] {
        [SchemaRegistration(topic: names.commands, schema: EnvelopeCodec.command)]
            + catalogue.operations.flatMap { $0.registrations(names) }
    }

    /// Registers what belongs there and is lacking: see ``registrations(_:names:)``.
    /// - Returns: the same operations under the registry's ids.
    public func numbered(_ catalogue: Catalogue, names: TopicNames) async throws(SetupError) -> Catalogue {
        _ = try await register(SchemaRegistration(topic: names.commands, schema: EnvelopeCodec.command))
        var operations: [Operation] = []
        for operation in catalogue.operations {
            var ids: [UInt32] = []
            for registration in operation.registrations(names) { ids.append(try await register(registration)) }
            guard ids.count == 3, ids[0] == ids[2] else {
                throw SetupError(
                    "\(url) gave the one schema of \(operation.name)'s requests and dead letters two ids; it must be one for a schema")
            }
            operations.append(operation.numbered(request: ids[0], response: ids[1]))
        }
        return Catalogue(operations)
    }

    /// The same operations under the ids that the registry gave their schemas before, as `rejoinder.schemas` tells: for a start while the registry
    /// does not answer. Nil when it never had one of them.
    public static func remembered(_ catalogue: Catalogue, names: TopicNames, in registry: SchemaRegistry) -> Catalogue? {
        var operations: [Operation] = []
        for operation in catalogue.operations {
            let ids = operation.registrations(names).compactMap { wanted in
                registry.versions(of: wanted.subject).last { version in
                    // The id that everybody computes is there, too, where the installation once had no registry.
                    version.id != wanted.schema.id && registry.schema(id: version.id) == wanted.schema.schema
                }?.id
            }
            guard ids.count == 3 else { return nil }
            operations.append(operation.numbered(request: ids[0], response: ids[1]))
        }
        return Catalogue(operations)
    }

    private func register(_ registration: SchemaRegistration) async throws(SetupError) -> UInt32 {
        do throws(AvroError) {
            return try await client.register(registration.schema.schema, subject: registration.subject)
        } catch {
            let remedy =
                switch error.code {
                case .schemasIncompatible: "'rejoinder schemas check --registry' names each field that does not fit"
                case .registryDenied: "its name and password stand in the URL: https://NAME:PASSWORD@HOST"
                case .schemaInvalid: "the registry must take Avro schemas of version 1.12"
                default: error.disposition == .retry ? "is it running, and is its URL right?" : "see the registry's log"
                }
            throw SetupError(
                "the registry at \(url) did not take the schema of \(registration.subject): \(error.detail); \(remedy)",
                isTemporary: error.disposition == .retry)
        }
    }

    /// Every version of some subjects, in the order of their numbers, as the registry has them now; of all subjects when none is named.
    ///
    /// Subjects that the registry does not have are left out, and so are versions whose schema is not Avro.
    public func snapshot(of subjects: [String]? = nil) async throws(SetupError) -> SchemaRegistry {
        var registry = SchemaRegistry()
        do throws(AvroError) {
            let known = try await client.subjects().sorted()
            for subject in known where subjects?.contains(subject) ?? true {
                for number in try await client.versions(subject: subject) {
                    do throws(AvroError) {
                        let version = try await client.version(number, subject: subject)
                        try registry.apply(
                            subject: subject, id: version.id, schema: version.schema, text: version.schema.json.text, version: number)
                    } catch  where error.code == .schemaTypeUnknown {
                        continue
                    }
                }
            }
        } catch {
            throw SetupError("the registry at \(url) does not answer as it should: \(error.detail)")
        }
        return registry
    }
}
