import Avro
import Testing

@Suite struct SchemaRegistryTests {
    static let first = #"{"type":"record","name":"R","fields":[{"name":"a","type":"int"}]}"#
    static let second = #"{"type":"record","name":"R","fields":[{"name":"a","type":"int"},{"name":"b","type":"int","default":0}]}"#
    static let broken = #"{"type":"record","name":"R","fields":[{"name":"c","type":"int"}]}"#

    static func body(_ schema: String) -> [UInt8] { Array(JSONValue.object([.init("schema", .string(schema))]).text.utf8) }

    /// Answers a call and appends what it wants to have appended, as the shell does.
    static func call(
        _ registry: inout SchemaRegistry, _ method: String, _ path: String, _ body: [UInt8] = [], query: [String: String] = [:]
    ) throws -> (Int, String) {
        let request = RegistryRequest(method: method, path: path.split(separator: "/").map(String.init), query: query, body: body)
        switch registry.handle(request) {
        case .reply(let response): return (response.status, String(decoding: response.body, as: UTF8.self))
        case .register(let subject, let id, let schema, let then):
            try registry.apply(subject: subject, id: id, schema: schema)
            return (then.status, String(decoding: then.body, as: UTF8.self))
        }
    }

    @Test func registerLookUpAndRead() throws {
        var registry = SchemaRegistry()
        let id = try Schema(parsing: Self.first).identifier
        #expect(try Self.call(&registry, "GET", "subjects") == (200, "[]"))
        #expect(try Self.call(&registry, "POST", "subjects/t-value/versions", Self.body(Self.first)) == (200, #"{"id":\#(id)}"#))
        #expect(try Self.call(&registry, "POST", "subjects/t-value/versions", Self.body(Self.first)) == (200, #"{"id":\#(id)}"#))
        #expect(try Self.call(&registry, "GET", "subjects/t-value/versions") == (200, "[1]"))
        #expect(try Self.call(&registry, "POST", "subjects/t-value/versions", Self.body(Self.second)).0 == 200)
        #expect(try Self.call(&registry, "GET", "subjects/t-value/versions") == (200, "[1,2]"))
        #expect(try Self.call(&registry, "GET", "subjects") == (200, #"["t-value"]"#))
        let text = JSONValue.string(Self.first).text
        #expect(try Self.call(&registry, "GET", "schemas/ids/\(id)", query: ["subject": "x"]) == (200, #"{"schema":\#(text)}"#))
        #expect(try Self.call(&registry, "GET", "schemas/ids/\(id)/versions") == (200, #"[{"subject":"t-value","version":1}]"#))
        let one = #"{"subject":"t-value","version":1,"id":\#(id),"schema":\#(text)}"#
        #expect(try Self.call(&registry, "GET", "subjects/t-value/versions/1") == (200, one))
        #expect(try Self.call(&registry, "POST", "subjects/t-value", Self.body(Self.first)) == (200, one))
        #expect(try Self.call(&registry, "GET", "subjects/t-value/versions/latest").1.contains(#""version":2"#))
        #expect(try Self.call(&registry, "GET", "subjects/t-value/versions/1/schema") == (200, Self.first))
    }

    @Test(arguments: [
        ("GET", "subjects/x/versions", "", 404, 40_401), ("GET", "subjects/t/versions/9", "", 404, 40_402),
        ("GET", "subjects/t/versions/0", "", 422, 42_202),
        ("GET", "subjects/t/versions/abc", "", 422, 42_202), ("GET", "schemas/ids/1", "", 404, 40_403),
        ("POST", "subjects/t", broken, 404, 40_403),
        ("POST", "subjects/t/versions", "nope", 422, 42_201), ("POST", "subjects/t/versions", broken, 409, 409),
        ("GET", "associations/resources/-/t", "", 404, 40_401),
        ("DELETE", "subjects/t", "", 405, 405), ("DELETE", "subjects/t/versions/1", "", 405, 405), ("GET", "config/t", "", 404, 40_408),
        ("PUT", "config", "", 405, 405), ("PUT", "config/t", "", 405, 405),
    ])
    func errorsAsConfluentHasThem(method: String, path: String, schema: String, status: Int, code: Int) throws {
        var registry = SchemaRegistry()
        try registry.apply(subject: "t", id: Schema(parsing: Self.first).identifier, schema: Self.first)
        let (found, text) = try Self.call(&registry, method, path, schema.isEmpty ? [] : Self.body(schema))
        #expect(found == status)
        #expect(try JSONValue(parsing: text)["error_code"]?.integer == Int64(code))
        #expect(try JSONValue(parsing: text)["message"]?.string?.isEmpty == false)
    }

    @Test func whatIsNotOfferedSaysWhy() throws {
        var registry = SchemaRegistry()
        #expect(try Self.call(&registry, "PUT", "config/t").1.contains("one level holds for all subjects"))
        #expect(try Self.call(&registry, "DELETE", "subjects/t/versions/1").1.contains("schemas stay"))
    }

    @Test func compatibilityIsToldWithReasons() throws {
        var registry = SchemaRegistry()
        try registry.apply(subject: "t", id: 7, schema: Self.first)
        #expect(
            try Self.call(&registry, "POST", "compatibility/subjects/t/versions/latest", Self.body(Self.second)) == (
                200, #"{"is_compatible":true}"#
            ))
        let (status, text) = try Self.call(
            &registry, "POST", "compatibility/subjects/t/versions/latest", Self.body(Self.broken), query: ["verbose": "true"])
        #expect(status == 200)
        #expect(try JSONValue(parsing: text)["is_compatible"]?.boolean == false)
        #expect(text.contains("no default"))
        #expect(try Self.call(&registry, "GET", "config") == (200, #"{"compatibilityLevel":"BACKWARD"}"#))
    }

    @Test func oneIdForTwoSchemasIsRefused() throws {
        var registry = SchemaRegistry()
        try registry.apply(subject: "t", id: 7, schema: Self.first)
        #expect { try registry.apply(subject: "u", id: 7, schema: Self.second) } throws: { ($0 as? AvroError)?.code == .idConflict }
        #expect(registry.subjects == ["t"])
    }
}
