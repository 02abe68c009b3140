public import Avro

/// A schema that records were written with, and how our code reads them.
public final class KnownSchema: Sendable {
    /// How records of the schema are read.
    public enum Layout: Sendable, Equatable {
        /// A request of the shape that the views read directly.
        case request
        /// A response of the shape that the views read directly.
        case response
        /// One of the shared topics' records as we write them.
        case shared
        /// An envelope of ours of another shape: its name. Records are rewritten before they are read.
        case other(envelope: String)
        /// No envelope of ours: what it is.
        case foreign(String)
    }

    /// The id in the heads of records.
    public let id: UInt32
    /// The schema.
    public let schema: Schema
    /// How its records are read.
    public let layout: Layout
    /// The type of the payload of requests; nil for other records.
    public let request: Schema?
    /// The type of *completed*'s payload; nil for records that are no responses.
    public let response: Schema?
    /// The type of *part*'s payload; nil for records that are no responses.
    public let part: Schema?
    /// The declared errors among *failed*'s details: branches 2 and on.
    public let errors: [Schema]

    private let requestJSON: AvroToJSON?
    private let responseJSON: AvroToJSON?
    private let partJSON: AvroToJSON?
    private let errorsJSON: [AvroToJSON]

    /// Finds out how records of a schema are read.
    public init(id: UInt32, schema: Schema) {
        self.id = id
        self.schema = schema
        let branches = schema.name == "rejoinder.Response" ? schema.field("event")?.schema.branches ?? [] : []
        func payload(_ event: String, _ field: String = "payload") -> Schema? { branches.first { $0.name == event }?.field(field)?.schema }
        request = schema.name == "rejoinder.Request" ? schema.field("payload")?.schema : nil
        response = payload("rejoinder.Completed")
        part = payload("rejoinder.Part")
        errors = Array((payload("rejoinder.Failed", "details")?.branches ?? []).dropFirst(2))
        requestJSON = request.map { AvroToJSON($0) }
        responseJSON = response.map { AvroToJSON($0) }
        partJSON = part.map { AvroToJSON($0) }
        errorsJSON = errors.map { AvroToJSON($0) }
        layout = Self.layout(schema, hasTypedParts: request != nil || (response != nil && part != nil))
    }

    /// The declared error of a branch of details.
    public func error(branch: Int) -> Schema? { branch >= 2 && branch - 2 < errors.count ? errors[branch - 2] : nil }

    /// The transcoder to plain JSON of a typed part.
    public func transcoder(_ part: TypedPart) -> AvroToJSON? {
        switch part {
        case .request: requestJSON
        case .response: responseJSON
        case .part: partJSON
        case .error(let branch): branch >= 2 && branch - 2 < errorsJSON.count ? errorsJSON[branch - 2] : nil
        }
    }

    private static func layout(_ schema: Schema, hasTypedParts: Bool) -> Layout {
        switch schema.name {
        case "rejoinder.Request", "rejoinder.Response":
            let isRequest = schema.name == "rejoinder.Request"
            let ours = isRequest ? EnvelopeSchemas.requestSkeleton : EnvelopeSchemas.responseSkeleton
            if hasTypedParts, let skeleton = EnvelopeSchemas.skeleton(of: schema), skeleton == ours {
                return isRequest ? .request : .response
            }
            return .other(envelope: schema.name ?? "")
        default:
            if let ours = EnvelopeCodec.shared(named: schema.name ?? "") {
                return ours.schema == schema ? .shared : .other(envelope: schema.name ?? "")
            }
            return .foreign("\(schema.name ?? "a \(schema.kind.rawValue)") is none of the envelopes")
        }
    }
}
