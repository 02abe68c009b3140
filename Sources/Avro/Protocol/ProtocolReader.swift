/// Reads a protocol's JSON into one table of types.
struct ProtocolReader {
    struct Parts {
        var name: String
        var namespace: String
        var types: [Int]
        var messages: [MessagePart]
        var attributes: [JSONValue.Member]
    }
    struct MessagePart {
        var name: String
        var doc: String?
        var request: Int
        var response: Int
        var errors: [Int]
        var isOneWay: Bool
        var attributes: [JSONValue.Member]
    }

    var parser: SchemaParser

    init(limits: SchemaLimits) {
        parser = SchemaParser(limits: limits)
    }

    mutating func read(_ json: JSONValue) throws(AvroError) -> Parts {
        guard case .object = json else { throw AvroError(schema: .schemaInvalid, at: "", "a protocol is an object, not \(json.kindName)") }
        let written = try parser.text(json, "protocol", at: "")
        var space = ""
        if let given = json["namespace"], given != .null {
            guard let text = given.string else { throw AvroError(schema: .schemaInvalid, at: "/namespace", "a namespace is a string") }
            space = text
        }
        let full = SchemaParser.fullName(written, namespace: space)
        guard SchemaParser.isFullName(full) else { throw AvroError(schema: .schemaInvalid, at: "/protocol", "'\(full)' is not a name") }
        let namespace = SchemaParser.namespace(of: full)
        var parts = Parts(
            name: full.split(separator: ".").last.map(String.init) ?? full, namespace: namespace, types: [], messages: [], attributes: [])
        if let types = json["types"] {
            guard let elements = types.array else {
                throw AvroError(schema: .schemaInvalid, at: "/types", "types are an array, not \(types.kindName)")
            }
            for (position, element) in elements.enumerated() {
                guard case .object = element else {
                    throw AvroError(schema: .schemaInvalid, at: "/types/\(position)", "a type's definition is an object")
                }
                let index = try parser.schema(element, namespace: namespace, at: "/types/\(position)", depth: 0)
                guard parser.nodes[index].kind.isNamed else {
                    throw AvroError(schema: .schemaInvalid, at: "/types/\(position)", "only records, errors, enums and fixed have a name")
                }
                parts.types.append(index)
            }
        }
        if let messages = json["messages"] {
            guard let members = messages.members else {
                throw AvroError(schema: .schemaInvalid, at: "/messages", "messages are an object, not \(messages.kindName)")
            }
            for member in members { parts.messages.append(try message(member, namespace: namespace)) }
        }
        parts.attributes = parser.attributes(of: json, except: ["protocol", "namespace", "doc", "types", "messages"])
        return parts
    }

    private mutating func message(_ member: JSONValue.Member, namespace: String) throws(AvroError) -> MessagePart {
        let place = "/messages/" + JSONText.pointer(member.name)
        let json = member.value
        guard SchemaParser.isName(member.name) else { throw AvroError(schema: .schemaInvalid, at: place, "'\(member.name)' is not a name") }
        guard case .object = json else {
            throw AvroError(schema: .schemaInvalid, at: place, "a message is an object, not \(json.kindName)")
        }
        guard let parameters = json["request"] else { throw AvroError(schema: .schemaInvalid, at: place, "the message has no \"request\"") }
        let request = try requestRecord(of: member.name, parameters, namespace: namespace, at: place + "/request")
        var isOneWay = false
        if let value = json["one-way"] {
            guard let flag = value.boolean else {
                throw AvroError(schema: .schemaInvalid, at: place + "/one-way", "\"one-way\" is true or false")
            }
            isOneWay = flag
        }
        guard json["response"] != nil || isOneWay else {
            throw AvroError(schema: .schemaInvalid, at: place, "the message has no \"response\"")
        }
        let response = try parser.schema(json["response"] ?? .string("null"), namespace: namespace, at: place + "/response", depth: 0)
        let errors = try errors(json["errors"], namespace: namespace, at: place + "/errors")
        if isOneWay, parser.nodes[response].kind != .null || !errors.isEmpty {
            throw AvroError(schema: .schemaInvalid, at: place, "a one-way message answers null and declares no errors")
        }
        let attributes = parser.attributes(of: json, except: ["doc", "request", "response", "errors", "one-way"])
        return MessagePart(
            name: member.name, doc: json["doc"]?.string, request: request, response: response, errors: errors, isOneWay: isOneWay,
            attributes: attributes)
    }

    /// The record of a message's parameters. Its name is not defined for others to refer to.
    private mutating func requestRecord(of message: String, _ parameters: JSONValue, namespace: String, at place: String) throws(AvroError)
        -> Int
    {
        var short = message.prefix(1).uppercased() + message.dropFirst() + "Request"
        while parser.names[SchemaParser.fullName(short, namespace: namespace)] != nil { short += "_" }
        var node = SchemaNode(kind: .record)
        node.name = SchemaParser.fullName(short, namespace: namespace)
        let index = try parser.append(node, at: place)
        try parser.readFields(parameters, of: index, namespace: namespace, at: place, depth: 0)
        return index
    }

    private mutating func errors(_ json: JSONValue?, namespace: String, at place: String) throws(AvroError) -> [Int] {
        guard let json, json != .null else { return [] }
        guard let elements = json.array else {
            throw AvroError(schema: .schemaInvalid, at: place, "errors are an array, not \(json.kindName)")
        }
        var errors: [Int] = []
        for (position, element) in elements.enumerated() {
            if element == .string("string") { continue }
            let index = try parser.schema(element, namespace: namespace, at: "\(place)/\(position)", depth: 0)
            guard parser.nodes[index].isError else {
                throw AvroError(schema: .schemaInvalid, at: "\(place)/\(position)", "not a type of kind \"error\"")
            }
            guard !errors.contains(index) else {
                throw AvroError(schema: .schemaInvalid, at: "\(place)/\(position)", "the error is given twice")
            }
            errors.append(index)
        }
        return errors
    }
}
