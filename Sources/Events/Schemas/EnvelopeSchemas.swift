public import Avro

/// The schemas of the topics' values: the envelopes, completed by an operation's own types.
public enum EnvelopeSchemas {
    /// `rejoinder.commands`
    public static let command = shared("Command")
    /// `rejoinder.heartbeats`
    public static let heartbeat = shared("Heartbeat")
    /// `rejoinder.jobs`
    public static let folded = shared("Folded")
    /// A job alone, as stores keep it.
    public static let job = shared("Job")
    /// `rejoinder.members`
    public static let member = shared("Member")
    /// `rejoinder.schemas`
    public static let schema = shared("Schema")

    /// The value of `<operation>.requests` and `<operation>.dead-letters`.
    ///
    /// Throws when the types cannot stand in one schema, for instance because two of one name differ.
    public static func request(payload: Schema) throws(AvroError) -> Schema {
        try compose("Request", typed: ["OperationRequest": payload.json])
    }

    /// The value of `<operation>.responses`. An operation without partial results has null for them.
    public static func response(part: Schema?, response: Schema, errors: [Schema]) throws(AvroError) -> Schema {
        let details = JSONValue.array([.string("null"), .string("string")] + errors.map(\.json))
        return try compose(
            "Response",
            typed: ["OperationPart": part?.json ?? .string("null"), "OperationResponse": response.json, "FailureDetails": details])
    }

    /// The protocol behind all of them.
    static let avro: Result<AvroProtocol, AvroError> = Result { () throws(AvroError) in try AvroProtocol(parsing: EnvelopeText.avpr) }

    /// An envelope with null in place of its typed parts: what every operation's has in common.
    static let requestSkeleton = skeleton("Request")
    static let responseSkeleton = skeleton("Response")

    /// The skeleton of somebody's envelope, or nil when its shape is another.
    static func skeleton(of schema: Schema) -> Schema? {
        let json: JSONValue
        switch schema.name {
        case "rejoinder.Request": json = replacing(schema.json, field: "payload", of: ["rejoinder.Request"], by: .string("null"))
        case "rejoinder.Response":
            let payloads = replacing(schema.json, field: "payload", of: ["rejoinder.Part", "rejoinder.Completed"], by: .string("null"))
            guard
                let failed = schema.field("event")?.schema.branches.first(where: { $0.name == "rejoinder.Failed" }),
                let details = failed.field("details")?.schema, details.branches.count >= 2, details.branches[0].kind == .null,
                details.branches[1].kind == .string
            else { return nil }
            json = replacing(payloads, field: "details", of: ["rejoinder.Failed"], by: .array([.string("null"), .string("string")]))
        default: return nil
        }
        return try? Schema(json: json)
    }

    private static func skeleton(_ name: String) -> Schema? {
        let null = JSONValue.string("null")
        let details = JSONValue.array([null, .string("string")])
        return try? compose(
            name, typed: ["OperationRequest": null, "OperationPart": null, "OperationResponse": null, "FailureDetails": details])
    }

    private static func shared(_ name: String) -> Schema {
        guard case .success(let avro) = avro, let type = avro.type(named: name), let schema = try? Schema(json: type.json) else {
            preconditionFailure("the protocol of the envelopes has no \(name)")
        }
        return schema
    }

    private static func compose(_ name: String, typed: [String: JSONValue]) throws(AvroError) -> Schema {
        let avro = try avro.get()
        guard let type = avro.type(named: name) else { throw AvroError(.nameUnknown, detail: "no envelope \(name)", disposition: .fatal) }
        var composer = SchemaComposer(typed: typed)
        let json = composer.type(type.json)
        if let name = composer.conflict {
            throw AvroError(.schemaInvalid, detail: "two types named \(name) that differ would meet in one topic's schema")
        }
        return try Schema(json: json)
    }

    private static func replacing(_ json: JSONValue, field: String, of records: Set<String>, by type: JSONValue) -> JSONValue {
        switch json {
        case .array(let elements): return .array(elements.map { replacing($0, field: field, of: records, by: type) })
        case .object(let members):
            let isOwner = json["name"]?.string.map(records.contains) ?? false
            return .object(
                members.map { member in
                    guard isOwner, member.name == "fields", let fields = member.value.array else {
                        return .init(member.name, replacing(member.value, field: field, of: records, by: type))
                    }
                    return .init("fields", .array(fields.map { replacingType(of: $0, named: field, by: type, records) }))
                })
        default: return json
        }
    }

    private static func replacingType(of json: JSONValue, named field: String, by type: JSONValue, _ records: Set<String>) -> JSONValue {
        guard let members = json.members else { return json }
        guard json["name"]?.string == field else { return replacing(json, field: field, of: records, by: type) }
        return .object(members.map { $0.name == "type" ? .init("type", type) : $0 })
    }
}

/// Puts an operation's types into an envelope: each named type in full where it comes first, by its name afterwards.
struct SchemaComposer {
    /// By the short name of the envelope's open type.
    let typed: [String: JSONValue]
    private var defined: [String: JSONValue] = [:]
    /// A name that two different types have.
    private(set) var conflict: String?

    init(typed: [String: JSONValue]) { self.typed = typed }

    mutating func type(_ json: JSONValue) -> JSONValue {
        switch json {
        case .string(let name): return open(name).map { type($0) } ?? json
        case .array(let branches):
            var parts: [JSONValue] = []
            for branch in branches { parts.append(type(branch)) }
            return .array(parts)
        case .object(let members): return object(json, members)
        default: return json
        }
    }

    private func open(_ name: String) -> JSONValue? {
        guard name.hasPrefix("rejoinder.") else { return nil }
        return typed[String(name.dropFirst("rejoinder.".count))]
    }

    private mutating func object(_ json: JSONValue, _ members: [JSONValue.Member]) -> JSONValue {
        if let name = json["name"]?.string {
            if let replacement = open(name) { return type(replacement) }
            if let known = defined[name] {
                if known != json { conflict = name }
                return .string(name)
            }
            defined[name] = json
        }
        var parts: [JSONValue.Member] = []
        for member in members {
            switch member.name {
            case "fields": parts.append(.init("fields", .array(fields(member.value))))
            case "items", "values": parts.append(.init(member.name, type(member.value)))
            // In a topic's schema an error is a record: not every reader of schemas elsewhere knows the word.
            case "type": parts.append(.init("type", member.value == .string("error") ? .string("record") : type(member.value)))
            default: parts.append(member)
            }
        }
        return .object(parts)
    }

    private mutating func fields(_ json: JSONValue) -> [JSONValue] {
        var fields: [JSONValue] = []
        for field in json.array ?? [] {
            var members: [JSONValue.Member] = []
            for member in field.members ?? [] { members.append(member.name == "type" ? .init("type", type(member.value)) : member) }
            if case .string("details")? = field["name"], typed["FailureDetails"] != nil, field["default"] == nil, isOpenDetails(field) {
                members.append(.init("default", .null))
            }
            fields.append(.object(members))
        }
        return fields
    }

    private func isOpenDetails(_ field: JSONValue) -> Bool {
        field["type"]?.string == "rejoinder.FailureDetails" || field["type"]?["name"]?.string == "rejoinder.FailureDetails"
    }
}
