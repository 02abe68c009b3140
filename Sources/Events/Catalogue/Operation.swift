public import Avro
public import Core

/// A kind of work with a name: one message of an Avro protocol, with the schemas of its topics and its policy.
public final class Operation: Sendable {
    /// `<protocol>.<message>`
    public let name: String
    /// The protocol's namespace.
    public let namespace: String
    /// What the message's documentation says.
    public let doc: String?
    /// The record of the message's parameters: what the body of a request is.
    public let request: Schema
    /// What a completed job carries; null for a one-way message.
    public let response: Schema
    /// Partial results; nil when there are none.
    public let part: Schema?
    /// The errors that a handler may declare, in order: the branches of a failure's details from 2 on.
    public let errors: [Schema]
    /// How its jobs are treated.
    public let policy: Policy
    /// The schema of `<operation>.requests` and `<operation>.dead-letters`.
    public let requestEnvelope: RegisteredSchema
    /// The schema of `<operation>.responses`.
    public let responseEnvelope: RegisteredSchema
    /// A JSON body that fits `request`, made of defaults and of empty values: what a request looks like.
    public let example: [UInt8]
    /// JSON bodies of requests to the Avro bytes of payloads.
    public let requestFromJSON: JSONToAvro
    /// JSON of results to the Avro bytes of *completed*'s payload.
    public let responseFromJSON: JSONToAvro
    /// JSON of partial results to the Avro bytes of *part*'s payload; nil when the operation has none.
    public let partFromJSON: JSONToAvro?
    /// JSON of declared errors, in order, to the Avro bytes of details.
    public let errorsFromJSON: [JSONToAvro]
    /// The Avro bytes of requests, as `request` has them, to JSON.
    public let requestToJSON: AvroToJSON

    /// An operation of its parts. Throws when its types cannot stand in one schema.
    public init(
        name: String, namespace: String, doc: String?, request: Schema, response: Schema, part: Schema?, errors: [Schema], policy: Policy
    ) throws(AvroError) {
        self.name = name
        self.namespace = namespace
        self.doc = doc
        self.request = request
        self.response = response
        self.part = part
        self.errors = errors
        self.policy = policy
        requestEnvelope = RegisteredSchema(try EnvelopeSchemas.request(payload: request))
        responseEnvelope = RegisteredSchema(try EnvelopeSchemas.response(part: part, response: response, errors: errors))
        requestFromJSON = JSONToAvro(request)
        responseFromJSON = JSONToAvro(response)
        partFromJSON = part.map { JSONToAvro($0) }
        errorsFromJSON = errors.map { JSONToAvro($0) }
        requestToJSON = AvroToJSON(request)
        example = try requestToJSON.json(SampleDatum.bytes(of: request))
    }

    /// The same operation whose topics' schemas have ids of an external registry.
    private init(_ other: Operation, requestID: UInt32, responseID: UInt32) {
        name = other.name
        namespace = other.namespace
        doc = other.doc
        request = other.request
        response = other.response
        part = other.part
        errors = other.errors
        policy = other.policy
        requestEnvelope = RegisteredSchema(other.requestEnvelope.schema, id: requestID)
        responseEnvelope = RegisteredSchema(other.responseEnvelope.schema, id: responseID)
        example = other.example
        requestFromJSON = other.requestFromJSON
        responseFromJSON = other.responseFromJSON
        partFromJSON = other.partFromJSON
        errorsFromJSON = other.errorsFromJSON
        requestToJSON = other.requestToJSON
    }

    /// The same operation under the ids that an external registry gave the schemas of its requests and responses.
    public func numbered(request: UInt32, response: UInt32) -> Operation { Operation(self, requestID: request, responseID: response) }

    /// The branch of a failure's details that carries a declared error, by the error's name, full or short; nil when it is not declared.
    public func branch(ofError name: String) -> Int? {
        errors.firstIndex { $0.name == name || $0.shortName == name }.map { $0 + 2 }
    }

    /// The schemas of its topics under their subjects.
    public func registrations(_ names: TopicNames) -> [SchemaRegistration] {
        [
            SchemaRegistration(topic: names.requests(self.name), schema: requestEnvelope),
            SchemaRegistration(topic: names.responses(self.name), schema: responseEnvelope),
            SchemaRegistration(topic: names.deadLetters(self.name), schema: requestEnvelope),
        ]
    }
}
