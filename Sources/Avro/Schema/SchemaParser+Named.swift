extension SchemaParser {
    /// A record or error. It is in the table before its fields are read, so that they can name it.
    mutating func record(_ json: JSONValue, isError: Bool, namespace: String, at place: String, depth: Int) throws(AvroError) -> Int {
        var node = try named(json, kind: .record, namespace: namespace, at: place)
        node.isError = isError
        node.attributes = attributes(of: json, except: ["type", "name", "namespace", "aliases", "doc", "fields"])
        guard let fields = json["fields"] else { throw AvroError(schema: .schemaInvalid, at: place, "the record has no \"fields\"") }
        let index = try define(node, at: place)
        try readFields(fields, of: index, namespace: Self.namespace(of: node.name ?? ""), at: place + "/fields", depth: depth)
        return index
    }

    /// Reads fields (or a message's parameters) into a record that is in the table.
    mutating func readFields(_ json: JSONValue, of index: Int, namespace: String, at place: String, depth: Int) throws(AvroError) {
        guard let elements = json.array else {
            throw AvroError(schema: .schemaInvalid, at: place, "fields are an array, not \(json.kindName)")
        }
        var fields: [SchemaField] = []
        var positions: [String: Int] = [:]
        for (position, element) in elements.enumerated() {
            let field = try field(element, namespace: namespace, at: "\(place)/\(position)", depth: depth)
            guard positions.updateValue(position, forKey: field.name) == nil else {
                throw AvroError(schema: .schemaInvalid, at: "\(place)/\(position)/name", "the record has two fields named '\(field.name)'")
            }
            fields.append(field)
        }
        nodes[index].fields = fields
        nodes[index].fieldPositions = positions
        try count(fields: fields.count, at: place)
    }

    private mutating func field(_ json: JSONValue, namespace: String, at place: String, depth: Int) throws(AvroError) -> SchemaField {
        guard case .object = json else { throw AvroError(schema: .schemaInvalid, at: place, "a field is an object, not \(json.kindName)") }
        let name = try text(json, "name", at: place)
        guard Self.isName(name) else { throw AvroError(schema: .schemaInvalid, at: place + "/name", "'\(name)' is not a name") }
        guard let type = json["type"] else { throw AvroError(schema: .schemaInvalid, at: place, "the field '\(name)' has no \"type\"") }
        var field = SchemaField(name: name, type: try schema(type, namespace: namespace, at: place + "/type", depth: depth + 1))
        field.doc = json["doc"]?.string
        field.defaultValue = json["default"]
        field.aliases = try aliases(json, at: place)
        for alias in field.aliases where !Self.isName(alias) {
            throw AvroError(schema: .schemaInvalid, at: place + "/aliases", "'\(alias)' is not a name")
        }
        if let order = json["order"] {
            guard let value = order.string.flatMap(Schema.Order.init(rawValue:)) else {
                throw AvroError(schema: .schemaInvalid, at: place + "/order", "order is ascending, descending or ignore")
            }
            field.order = value
        }
        field.attributes = attributes(of: json, except: ["name", "type", "doc", "default", "aliases", "order"])
        return field
    }

    mutating func enumeration(_ json: JSONValue, namespace: String, at place: String) throws(AvroError) -> Int {
        var node = try named(json, kind: .enum, namespace: namespace, at: place)
        guard let symbols = json["symbols"]?.array else {
            throw AvroError(schema: .schemaInvalid, at: place, "the enum has no array \"symbols\"")
        }
        for (position, symbol) in symbols.enumerated() {
            let here = "\(place)/symbols/\(position)"
            guard let name = symbol.string, Self.isName(name) else {
                throw AvroError(schema: .schemaInvalid, at: here, "\(symbol.text) is not a name")
            }
            guard node.symbolPositions.updateValue(position, forKey: name) == nil else {
                throw AvroError(schema: .schemaInvalid, at: here, "the symbol '\(name)' is given twice")
            }
            node.symbols.append(name)
        }
        if let fallback = json["default"] {
            guard let symbol = fallback.string, node.symbolPositions[symbol] != nil else {
                throw AvroError(schema: .schemaInvalid, at: place + "/default", "\(fallback.text) is not a symbol of the enum")
            }
            node.enumDefault = symbol
        }
        node.attributes = attributes(of: json, except: ["type", "name", "namespace", "aliases", "doc", "symbols", "default"])
        try count(fields: symbols.count, at: place)
        return try define(node, at: place)
    }

    mutating func fixed(_ json: JSONValue, namespace: String, at place: String) throws(AvroError) -> Int {
        var node = try named(json, kind: .fixed, namespace: namespace, at: place)
        guard let size = json["size"]?.integer, size >= 0, size <= Int64(Int32.max) else {
            throw AvroError(schema: .schemaInvalid, at: place + "/size", "the fixed needs a \"size\" from 0 to 2147483647")
        }
        node.size = Int(size)
        node.attributes = attributes(of: json, except: ["type", "name", "namespace", "aliases", "doc", "size"])
        annotate(&node, json)
        return try define(node, at: place)
    }

    // MARK: Names

    /// A node with the name, aliases and doc of a named type.
    private func named(_ json: JSONValue, kind: Schema.Kind, namespace: String, at place: String) throws(AvroError) -> SchemaNode {
        var node = SchemaNode(kind: kind)
        let written = try text(json, "name", at: place)
        var space = namespace
        if let given = json["namespace"], given != .null {
            guard let text = given.string else {
                throw AvroError(schema: .schemaInvalid, at: place + "/namespace", "a namespace is a string")
            }
            space = text
        }
        let name = Self.fullName(written, namespace: space)
        guard Self.isFullName(name) else { throw AvroError(schema: .schemaInvalid, at: place + "/name", "'\(name)' is not a name") }
        let short = name.split(separator: ".").last.map(String.init) ?? name
        if let kind = Schema.Kind(rawValue: short), kind.isPrimitive {
            throw AvroError(schema: .schemaInvalid, at: place + "/name", "'\(short)' is the name of a primitive type")
        }
        node.name = name
        node.doc = json["doc"]?.string
        let here = Self.namespace(of: name)
        node.aliases = try aliases(json, at: place).map { Self.fullName($0, namespace: here) }
        for alias in node.aliases where !Self.isFullName(alias) {
            throw AvroError(schema: .schemaInvalid, at: place + "/aliases", "'\(alias)' is not a name")
        }
        return node
    }

    /// Puts a named type into the table and its name into the index.
    private mutating func define(_ node: SchemaNode, at place: String) throws(AvroError) -> Int {
        let name = node.name ?? ""
        guard names[name] == nil else {
            throw AvroError(schema: .schemaInvalid, at: place + "/name", "a type named '\(name)' is already defined")
        }
        let index = try append(node, at: place)
        names[name] = index
        return index
    }

    func text(_ json: JSONValue, _ member: String, at place: String) throws(AvroError) -> String {
        guard let value = json[member] else { throw AvroError(schema: .schemaInvalid, at: place, "\"\(member)\" is missing") }
        guard let text = value.string else {
            throw AvroError(schema: .schemaInvalid, at: "\(place)/\(member)", "\"\(member)\" is a string, not \(value.kindName)")
        }
        return text
    }

    private func aliases(_ json: JSONValue, at place: String) throws(AvroError) -> [String] {
        guard let value = json["aliases"], value != .null else { return [] }
        guard let elements = value.array else {
            throw AvroError(schema: .schemaInvalid, at: place + "/aliases", "aliases are an array of names")
        }
        var names: [String] = []
        for element in elements {
            guard let name = element.string else { throw AvroError(schema: .schemaInvalid, at: place + "/aliases", "an alias is a string") }
            names.append(name)
        }
        return names
    }

    static func fullName(_ name: String, namespace: String) -> String {
        name.utf8.contains(UInt8(ascii: ".")) || namespace.isEmpty ? name : namespace + "." + name
    }

    static func namespace(of name: String) -> String {
        guard let dot = name.lastIndex(of: ".") else { return "" }
        return String(name[..<dot])
    }

    /// `[A-Za-z_][A-Za-z0-9_]*`
    static func isName(_ text: some StringProtocol) -> Bool {
        var isFirst = true
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"): break
            case UInt8(ascii: "0")...UInt8(ascii: "9") where !isFirst: break
            default: return false
            }
            isFirst = false
        }
        return !isFirst
    }

    /// Names joined by dots.
    static func isFullName(_ text: String) -> Bool {
        text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { isName($0) }
    }
}
