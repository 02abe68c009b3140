import Avro
import Core
import Events
import HTTPClient
import Kafka
import Telemetry
import Testing

@testable import Gateway

/// `/registry` over sockets, asked as `curl` and the serializers of other makers ask.
@Suite(.timeLimit(.minutes(1))) struct RegistryTests {
    static let type = "application/vnd.schemaregistry.v1+json"
    static let first = #"{"type":"record","name":"R","fields":[{"name":"a","type":"int"}]}"#
    static let second = #"{"type":"record","name":"R","fields":[{"name":"a","type":"int"},{"name":"b","type":"int","default":0}]}"#
    static let other = #"{"type":"record","name":"R","fields":[{"name":"c","type":"int"}]}"#

    static func post(_ node: Node, _ path: String, _ schema: String, type: String? = type) async throws -> HTTPResponse {
        let body = JSONValue.object([.init("schema", .string(schema)), .init("schemaType", .string("AVRO"))]).text
        return try await node.ask("POST", "/registry" + path, type.map { [("content-type", $0)] } ?? [], body: Array(body.utf8))
    }

    @Test func aSerializerRegistersAndADeserializerReads() async throws {
        try await Node.with { node in
            let id = Int64(try Schema(parsing: Self.first).identifier)
            for type in [Self.type, "application/vnd.schemaregistry+json", "application/json; charset=utf-8"] {
                let registered = try await Self.post(node, "/subjects/orders-value/versions?normalize=false", Self.first, type: type)
                #expect(registered.status == 200)
                #expect(registered.header("content-type") == Self.type)
                #expect(try registered.json["id"]?.integer == id)
            }
            #expect(try await Self.post(node, "/subjects/orders-value?deleted=true", Self.first).json["version"]?.integer == 1)
            #expect(
                try await Self.post(node, "/compatibility/subjects/orders-value/versions/latest?verbose=true", Self.second).json[
                    "is_compatible"]?.boolean == true)
            #expect(try await Self.post(node, "/subjects/orders-value/versions", Self.second).status == 200)
            let found = try await node.get("/registry/schemas/ids/\(id)?subject=orders-value&fetchMaxId=false")
            #expect(try Schema(parsing: try #require(try found.json["schema"]?.string)) == Schema(parsing: Self.first))
            #expect(try await node.get("/registry/subjects?deleted=false").text == #"["orders-value"]"#)
            #expect(try await node.get("/registry/subjects/orders-value/versions").text == "[1,2]")
            #expect(try await node.get("/registry/subjects/orders-value/versions/latest").json["version"]?.integer == 2)
            #expect(try await node.get("/registry/config").text == #"{"compatibilityLevel":"BACKWARD"}"#)
            #expect(try await node.get("/registry/schemas/types").text == #"["AVRO"]"#)
        }
    }

    @Test(
        "what there is not, in the form that clients go on from",
        arguments: [
            ("GET", "/associations/resources/-/orders?resourceType=topic&associationType=value", 404, 40_401),
            ("GET", "/nothing", 404, 40_401),
            ("POST", "/nothing", 404, 40_401), ("GET", "/subjects/none/versions", 404, 40_401),
            ("GET", "/schemas/ids/1000000007", 404, 40_403),
            ("GET", "/subjects/orders-value/versions/7", 404, 40_402), ("GET", "/subjects/orders-value/versions/x", 422, 42_202),
            ("GET", "/config/orders-value", 404, 40_408), ("DELETE", "/subjects/orders-value", 405, 405), ("PUT", "/config", 405, 405),
        ])
    func errors(method: String, path: String, status: Int, code: Int64) async throws {
        try await Node.with { node in
            #expect(try await Self.post(node, "/subjects/orders-value/versions", Self.first).status == 200)
            let answer = try await node.ask(
                method, "/registry" + path, [("content-type", Self.type)], body: method == "GET" ? nil : Array("{}".utf8))
            #expect(answer.status == status)
            #expect(answer.header("content-type") == Self.type)
            #expect(try answer.json["error_code"]?.integer == code)
            #expect(try answer.json["message"]?.string?.isEmpty == false)
            #expect((answer.header("allow") != nil) == (status == 405))
        }
    }

    @Test func whatDoesNotFitIsNotRegistered() async throws {
        try await Node.with { node in
            #expect(try await Self.post(node, "/subjects/a%2Fb-value/versions", Self.first).status == 200)
            let conflict = try await Self.post(node, "/subjects/a%2Fb-value/versions", Self.other)
            #expect(conflict.status == 409)
            #expect(try conflict.json["message"]?.string?.contains("c: ") == true)
            #expect(try await Self.post(node, "/subjects/x-value/versions", #"{"type":"recor"}"#).json["error_code"]?.integer == 42_201)
            for type in [nil, "text/plain", "application/x-www-form-urlencoded"] {
                #expect(try await Self.post(node, "/subjects/x-value/versions", Self.first, type: type).status == 415)
            }
            #expect(try await node.get("/registry/subjects").text == #"["a/b-value"]"#)
            #expect(try await node.get("/registry/subjects/a%2Fb-value/versions").text == "[1]")
        }
    }

    @Test func theSchemasOfTheTopicsAreThere() async throws {
        try await Node.with { node in
            #expect(try await node.get("/registry/subjects").text == "[]")
            for needed in node.ring.book.missing(for: node.ring.catalogue, names: node.ring.names) {
                try node.ring.book.register(subject: needed.subject, id: needed.schema.id, schema: needed.schema.schema)
            }
            let echo = try #require(node.ring.catalogue["demo.echo"])
            let latest = try await node.get("/registry/subjects/\(node.ring.names.requests("demo.echo"))-value/versions/latest").json
            #expect(latest["id"]?.integer == Int64(echo.requestEnvelope.id))
            #expect(try Schema(parsing: try #require(latest["schema"]?.string)).identifier == echo.requestEnvelope.id)
            let uses = try await node.get("/registry/schemas/ids/\(echo.requestEnvelope.id)/versions").json.array ?? []
            #expect(uses.compactMap { $0["subject"]?.string } == ["t.demo.echo.dead-letters-value", "t.demo.echo.requests-value"])
        }
    }

    @Test func otherMethods() async throws {
        try await Node.with { node in
            let head = try await node.ask("HEAD", "/registry/subjects")
            #expect(head.status == 200)
            #expect(head.body.isEmpty)
            let options = try await node.ask("OPTIONS", "/registry/subjects")
            #expect(options.status == 204)
            #expect(options.header("allow") == "GET, HEAD, POST")
            #expect(try await node.get("/registry").status == 200)
            #expect(try await node.get("/metrics").text.contains(#"rejoinder_http_answers_total{class="2xx",path="/registry"} 3"#))
        }
    }

    /// A node whose registrations go through a closure.
    static func with(
        _ adjust: (inout GatewayConfiguration) -> Void = { _ in },
        registering: @escaping @Sendable (Ring, SchemaRegistration) async throws -> Void,
        _ body: (Node) async throws -> Void
    ) async throws {
        let ring = try Ring()
        let node = try await Node(ring, registering: { try await registering(ring, $0) }, adjust)
        do {
            try await body(node)
            await node.end()
            await ring.end()
        } catch {
            await node.end()
            await ring.end()
            throw error
        }
    }

    @Test func kafkaDoesNotTakeIt() async throws {
        try await Self.with(registering: { _, _ in throw GatewayError("the broker is down") }) { node in
            let answer = try await Self.post(node, "/subjects/x-value/versions", Self.first)
            #expect(answer.status == 500)
            #expect(try answer.json["error_code"]?.integer == 50_001)
            #expect(answer.text.contains("the broker is down"))
        }
    }

    @Test func itIsNotReadBackInTime() async throws {
        let (stream, gate) = AsyncStream<Void>.makeStream()
        try await Self.with({ $0.registrationMax = .milliseconds(300) }, registering: { _, _ in for await _ in stream {} }) { node in
            let answer = try await Self.post(node, "/subjects/x-value/versions", Self.first)
            #expect(answer.status == 500)
            #expect(try answer.json["error_code"]?.integer == 50_002)
            gate.finish()
        }
    }

    @Test func twoAtOnceAreRegisteredOneAfterTheOther() async throws {
        let (begun, begin) = AsyncStream<Void>.makeStream()
        let (stream, gate) = AsyncStream<Void>.makeStream()
        try await Self.with(registering: { ring, new in
            begin.yield()
            for await _ in stream {}
            try ring.book.register(subject: new.subject, id: new.schema.id, schema: new.schema.schema)
        }) { node in
            async let one = Self.post(node, "/subjects/x-value/versions", Self.first)
            for await _ in begun { break }
            async let two = Self.post(node, "/subjects/x-value/versions", Self.other)
            gate.finish()
            let answers = (try await one, try await two)
            #expect(answers.0.status == 200)
            // Each reads nothing of the other: the second was checked again when its turn had come.
            #expect(answers.1.status == 409)
            #expect(try await node.get("/registry/subjects/x-value/versions").text == "[1]")
        }
    }

    @Test func noMoreThanSoManyWait() async throws {
        let (begun, begin) = AsyncStream<Void>.makeStream()
        let (stream, gate) = AsyncStream<Void>.makeStream()
        try await Self.with(
            { $0.registrationsMax = 1 },
            registering: { ring, new in
                begin.yield()
                for await _ in stream {}
                try ring.book.register(subject: new.subject, id: new.schema.id, schema: new.schema.schema)
            }
        ) { node in
            async let one = Self.post(node, "/subjects/x-value/versions", Self.first)
            for await _ in begun { break }
            let two = try await Self.post(node, "/subjects/y-value/versions", Self.first)
            #expect(two.status == 503)
            #expect(two.header("retry-after") != nil)
            gate.finish()
            let first = try await one
            #expect(first.status == 200)
            #expect(try await node.get("/registry/subjects").text == #"["x-value"]"#)
        }
    }
}
