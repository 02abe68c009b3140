extension SchemaRegistry {
    /// Answers a call of Confluent's REST interface: the part of it that serializers and `curl` use. What is not offered says so.
    public func handle(_ request: RegistryRequest) -> Outcome {
        let path = request.path.filter { !$0.isEmpty }
        switch (path.first, path.count) {
        case (nil, _): return get(request) { .reply(RegistryResponse(.object([]))) }
        case ("subjects", _): return subjects(request, Array(path.dropFirst()))
        case ("schemas", _): return get(request) { .reply(byID(Array(path.dropFirst()))) }
        case ("compatibility", _): return compatibility(request, Array(path.dropFirst()))
        case ("config", 1...2):
            return get(request, because: "one level holds for all subjects and is not set here") {
                .reply(config(subject: path.count == 2 ? path[1] : nil, request))
            }
        case ("mode", 1...2):
            return get(request) {
                .reply(RegistryResponse(.object([.init("mode", .string(registersAt == nil ? "READWRITE" : "READONLY"))])))
            }
        default: return .reply(Self.unknownPath)
        }
    }

    private static let unknownPath = RegistryResponse.error(40_401, "HTTP 404 Not Found")

    private func only(_ methods: String, because reason: String? = nil) -> Outcome {
        var response = RegistryResponse.error(405, "HTTP 405 Method Not Allowed" + (reason.map { ": " + $0 } ?? ""))
        response.allow = methods
        return .reply(response)
    }

    private func get(_ request: RegistryRequest, because reason: String? = nil, _ body: () -> Outcome) -> Outcome {
        request.method == "GET" ? body() : only("GET", because: reason)
    }

    private static func number(_ value: some BinaryInteger) -> JSONValue { .number(String(value)) }

    // MARK: /subjects

    private func subjects(_ request: RegistryRequest, _ path: [String]) -> Outcome {
        guard let subject = path.first else {
            let prefix = request.query["subjectPrefix"] ?? ""
            return get(request) { .reply(RegistryResponse(.array(self.subjects.filter { $0.hasPrefix(prefix) }.map { .string($0) }))) }
        }
        let reason = request.method == "DELETE" ? "schemas stay, for records that were written with them" : nil
        switch (path.count, path.count > 1 ? path[1] : "") {
        case (1, _): return request.method == "POST" ? .reply(lookUp(request, subject)) : only("POST", because: reason)
        case (2, "versions"):
            if request.method == "POST" { return register(request, subject) }
            guard request.method == "GET" else { return only("GET, POST", because: reason) }
            let list = versions(of: subject)
            return .reply(list.isEmpty ? unknown(subject) : RegistryResponse(.array(list.map { Self.number($0.version) })))
        case (3, "versions"): return get(request, because: reason) { .reply(version(subject, path[2], asSchema: false)) }
        case (4, "versions") where path[3] == "schema": return get(request) { .reply(version(subject, path[2], asSchema: true)) }
        case (4, "versions") where path[3] == "referencedby": return get(request) { .reply(RegistryResponse(.array([]))) }
        default: return .reply(Self.unknownPath)
        }
    }

    private func unknown(_ subject: String) -> RegistryResponse { .error(40_401, "Subject '\(subject)' not found.") }

    /// A version by its number, `latest` or `-1`; or the error to answer.
    private func find(_ subject: String, _ text: String) -> Result<Version, RegistryAnswered> {
        let list = versions(of: subject)
        guard let last = list.last else { return .failure(RegistryAnswered(unknown(subject))) }
        if text == "latest" || text == "-1" { return .success(last) }
        guard let number = Int(text), number > 0 else {
            return .failure(
                RegistryAnswered(
                    .error(
                        42_202,
                        "The specified version '\(text)' is not a valid version id. Allowed values are between [1, 2^31-1] and the string \"latest\""
                    )))
        }
        guard let found = list.first(where: { $0.version == number }) else {
            return .failure(RegistryAnswered(.error(40_402, "Version \(number) not found.")))
        }
        return .success(found)
    }

    private func version(_ subject: String, _ text: String, asSchema: Bool) -> RegistryResponse {
        switch find(subject, text) {
        case .failure(let answered): return answered.response
        case .success(let found):
            if asSchema {
                var response = RegistryResponse(.null)
                response.body = Array((schemas[found.id]?.text ?? "").utf8)
                return response
            }
            return describe(subject, found)
        }
    }

    private func describe(_ subject: String, _ version: Version) -> RegistryResponse {
        RegistryResponse(
            .object([
                .init("subject", .string(subject)), .init("version", Self.number(version.version)), .init("id", Self.number(version.id)),
                .init("schema", .string(schemas[version.id]?.text ?? "")),
            ]))
    }

    /// The schema of a body, or the error to answer.
    private func parse(_ request: RegistryRequest) -> Result<(schema: Schema, text: String), RegistryAnswered> {
        guard request.body.count <= 2 * limits.bytesMax, let json = try? JSONValue(parsing: request.body), let text = json["schema"]?.string
        else {
            return .failure(RegistryAnswered(.error(42_201, "The body is not a JSON object with a string \"schema\"")))
        }
        if let type = json["schemaType"]?.string, type != "AVRO" {
            return .failure(RegistryAnswered(.error(42_201, "Schemas of type \(type) are not taken, only AVRO")))
        }
        if let references = json["references"]?.array, !references.isEmpty {
            return .failure(RegistryAnswered(.error(42_201, "References are not taken: write the named types into the schema")))
        }
        do throws(AvroError) {
            return .success((try Schema(parsing: text, limits: limits), text))
        } catch {
            return .failure(RegistryAnswered(.error(42_201, "Invalid schema: \(error)")))
        }
    }

    private func register(_ request: RegistryRequest, _ subject: String) -> Outcome {
        guard !subject.isEmpty, subject.utf8.count <= 255 else {
            return .reply(.error(42_208, "The subject's name is empty or longer than 255 bytes"))
        }
        let parsed: (schema: Schema, text: String)
        switch parse(request) {
        case .failure(let answered): return .reply(answered.response)
        case .success(let found): parsed = found
        }
        let id = parsed.schema.identifier
        let answer = RegistryResponse(.object([.init("id", Self.number(id))]))
        if let registersAt {
            if let known = versions(of: subject).last(where: { schemas[$0.id]?.schema == parsed.schema }) {
                return .reply(RegistryResponse(.object([.init("id", Self.number(known.id))])))
            }
            return .reply(.error(42_205, "Subject '\(subject)' is read-only here: register it at \(registersAt)"))
        }
        if versions(of: subject).contains(where: { $0.id == id }) { return .reply(answer) }
        if let known = schemas[id], known.schema != parsed.schema {
            return .reply(.error(409, "Another schema has the id \(id); change a default or an alias"))
        }
        let reasons = incompatibilities(parsed.schema, subject: subject)
        guard reasons.isEmpty else {
            let text =
                "Schema being registered is incompatible with an earlier schema for subject \"\(subject)\", details: \(reasons.map(\.description).joined(separator: "; "))"
            return .reply(.error(409, text))
        }
        return .register(subject: subject, id: id, schema: schemas[id]?.text ?? parsed.text, then: answer)
    }

    private func lookUp(_ request: RegistryRequest, _ subject: String) -> RegistryResponse {
        guard !versions(of: subject).isEmpty else { return unknown(subject) }
        switch parse(request) {
        case .failure(let answered): return answered.response
        case .success(let parsed):
            let id = parsed.schema.identifier
            // Ids of another registry's making are possible in the log, so that equality has the last word.
            guard let found = versions(of: subject).first(where: { $0.id == id || schemas[$0.id]?.schema == parsed.schema }) else {
                return .error(40_403, "Schema not found")
            }
            return describe(subject, found)
        }
    }

    // MARK: /schemas

    private func byID(_ path: [String]) -> RegistryResponse {
        if path == ["types"] { return RegistryResponse(.array([.string("AVRO")])) }
        guard path.count >= 2, path.count <= 3, path[0] == "ids" else { return Self.unknownPath }
        guard let id = UInt32(path[1]), let found = schemas[id] else { return .error(40_403, "Schema \(path[1]) not found") }
        let uses = subjects.flatMap { subject in versions(of: subject).filter { $0.id == id }.map { (subject, $0.version) } }
        switch path.count == 3 ? path[2] : "" {
        case "": return RegistryResponse(.object([.init("schema", .string(found.text))]))
        case "schema":
            var response = RegistryResponse(.null)
            response.body = Array(found.text.utf8)
            return response
        case "subjects": return RegistryResponse(.array(uses.map { .string($0.0) }))
        case "versions":
            return RegistryResponse(.array(uses.map { .object([.init("subject", .string($0.0)), .init("version", Self.number($0.1))]) }))
        default: return Self.unknownPath
        }
    }

    // MARK: /compatibility, /config

    private func compatibility(_ request: RegistryRequest, _ path: [String]) -> Outcome {
        guard path.count == 3 || path.count == 4, path[0] == "subjects", path[2] == "versions" else { return .reply(Self.unknownPath) }
        guard request.method == "POST" else { return only("POST") }
        let parsed: Schema
        switch parse(request) {
        case .failure(let answered): return .reply(answered.response)
        case .success(let found): parsed = found.schema
        }
        var reasons: [Incompatibility]
        if path.count == 4 {
            switch find(path[1], path[3]) {
            case .failure(let answered): return .reply(answered.response)
            case .success(let version):
                reasons = Compatibility.reasons(parsed, after: schemas[version.id].map { [$0.schema] } ?? [], level: level)
            }
        } else {
            reasons = incompatibilities(parsed, subject: path[1])
        }
        if reasons.count > 100 { reasons.removeLast(reasons.count - 100) }
        var members = [JSONValue.Member("is_compatible", .boolean(reasons.isEmpty))]
        if request.query["verbose"] == "true" || !reasons.isEmpty {
            members.append(.init("messages", .array(reasons.map { .string($0.description) })))
        }
        return .reply(RegistryResponse(.object(members)))
    }

    /// One level holds for all subjects. Levels of subjects are not kept, and setting one is therefore not offered.
    private func config(subject: String?, _ request: RegistryRequest) -> RegistryResponse {
        if let subject, request.query["defaultToGlobal"] != "true" {
            return .error(40_408, "Subject '\(subject)' does not have subject-level compatibility configured")
        }
        return RegistryResponse(.object([.init("compatibilityLevel", .string(level.rawValue))]))
    }
}

/// An answer that ends a call early.
struct RegistryAnswered: Error {
    let response: RegistryResponse

    init(_ response: RegistryResponse) {
        self.response = response
    }
}
