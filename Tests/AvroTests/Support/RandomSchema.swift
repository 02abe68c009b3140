import Avro

/// Random schemas, and random readers of what they write.
struct RandomSchema {
    var random: SplitMix
    /// Whether unions are made.
    var hasUnions = true
    /// Whether readers have fields of their own, with defaults.
    var addsFields = false
    /// Whether readers read a long as a float, which some round to a double first.
    var roundsTwice = true
    private var names = 0

    /// Types with a default, as JSON. Without bytes: fastavro leaves their default a text.
    private static let defaults = [
        #"{"type":"int","default":-7}"#, #"{"type":"string","default":"é\u0000"}"#,
        #"{"type":"double","default":1.5}"#, #"{"type":"float","default":-0.25}"#, #"{"type":"null","default":null}"#,
        #"{"type":["null","string"],"default":null}"#, #"{"type":["long","null"],"default":4294967296}"#,
        #"{"type":{"type":"array","items":"int"},"default":[1,2]}"#, #"{"type":{"type":"map","values":"long"},"default":{"a":1}}"#,
        #"{"type":"boolean","default":true}"#,
    ]

    init(seed: UInt64) {
        random = SplitMix(state: seed)
    }

    private mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &random) }

    private mutating func name(_ prefix: String) -> String {
        names += 1
        return "\(prefix)\(names)"
    }

    /// The JSON of a schema; at its root a record.
    mutating func schema() -> JSONValue { record(depth: 0) }

    private mutating func type(depth: Int, inUnion: Bool = false) -> JSONValue {
        let primitives = ["null", "boolean", "int", "long", "float", "double", "bytes", "string"]
        switch below(depth > 3 ? 8 : 14) {
        case 8: return .object([.init("type", .string("array")), .init("items", type(depth: depth + 1))])
        case 9: return .object([.init("type", .string("map")), .init("values", type(depth: depth + 1))])
        case 10:
            let symbols = (0...below(5)).map { JSONValue.string("S\($0)") }
            return .object([.init("type", .string("enum")), .init("name", .string(name("E"))), .init("symbols", .array(symbols))])
        case 11:
            return .object([
                .init("type", .string("fixed")), .init("name", .string(name("F"))), .init("size", .number(String(1 + below(20)))),
            ])
        case 12: return record(depth: depth + 1)
        case 13 where !inUnion && hasUnions: return union(depth: depth)
        case let other: return .string(primitives[other % 8])
        }
    }

    private mutating func record(depth: Int) -> JSONValue {
        let fields = (0..<(1 + below(6))).map {
            JSONValue.object([.init("name", .string("f\($0)")), .init("type", type(depth: depth + 1))])
        }
        return .object([.init("type", .string("record")), .init("name", .string(name("R"))), .init("fields", .array(fields))])
    }

    private mutating func union(depth: Int) -> JSONValue {
        var branches: [JSONValue] = []
        var seen: Set<String> = []
        for _ in 0..<(1 + below(4)) {
            let branch = type(depth: depth + 1, inUnion: true)
            let label = branch["name"]?.string ?? branch["type"]?.string ?? branch.string ?? ""
            if seen.insert(label).inserted { branches.append(branch) }
        }
        return .array(branches)
    }

    /// A reader that libavro's resolution can serve as well: promotions of numbers, and fields in another order or left out; unions stay as they are.
    mutating func reader(of json: JSONValue) -> JSONValue {
        switch json {
        case .string("int"): return .string(["int", "long", "float", "double"][below(4)])
        case .string("long"): return .string(["long", "double", "float"][below(roundsTwice ? 3 : 2)])
        case .string("float"): return .string(["float", "double"][below(2)])
        case .object(let members):
            return .object(
                members.map { member in
                    switch member.name {
                    case "items", "values": return .init(member.name, reader(of: member.value))
                    case "fields": return .init("fields", .array(fields(member.value.array ?? [])))
                    default: return member
                    }
                })
        default: return json
        }
    }

    private mutating func fields(_ fields: [JSONValue]) -> [JSONValue] {
        var fields = fields.map { field in
            JSONValue.object([.init("name", field["name"] ?? .null), .init("type", reader(of: field["type"] ?? .null))])
        }
        if below(2) == 0 { fields.shuffle(using: &random) }
        if fields.count > 1, below(2) == 0 { fields.removeLast() }
        if addsFields, below(2) == 0, case .object(let members)? = try? JSONValue(parsing: Self.defaults[below(Self.defaults.count)]) {
            fields.append(.object([.init("name", .string("added"))] + members))
        }
        return fields
    }
}
