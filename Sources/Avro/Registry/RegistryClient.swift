import Telemetry

/// A client of Confluent's REST interface, with a cache of what is known and, for a short time, of what is not.
public final class RegistryClient: Sendable {
    /// Where the registry is and how it is used.
    public struct Configuration: Sendable {
        /// The URL, without a slash at its end: `https://registry.example.org:8081`.
        public var url: String
        /// Name and password, for basic authentication.
        public var credentials: (name: String, password: String)?
        /// How long "there is no such schema" is believed.
        public var negativeTTL = Duration.seconds(10)
        /// How many schemas are kept, and how many ids of which none is known.
        public var cacheMax = 10_000
        /// How many schemas one may refer to.
        public var referencesMax = 100
        /// How far references may go on from one schema to the next.
        public var referenceDepthMax = 8

        /// The defaults.
        public init(url: String, credentials: (name: String, password: String)? = nil) {
            self.url = url
            self.credentials = credentials
        }
    }

    /// A version of a subject.
    public struct Version: Sendable {
        /// The subject.
        public let subject: String
        /// The number, from 1.
        public let version: Int
        /// The schema's id.
        public let id: UInt32
        /// The schema.
        public let schema: Schema
    }

    private struct Cache {
        var schemas: [UInt32: Schema] = [:]
        var missing: [UInt32: ContinuousClock.Instant] = [:]
        var ids: [String: UInt32] = [:]
    }

    private let configuration: Configuration
    private let transport: any RegistryTransport
    private let cache = Locked(Cache())

    /// A client over a transport.
    public init(_ configuration: Configuration, transport: any RegistryTransport) {
        self.configuration = configuration
        self.transport = transport
    }

    /// The schema of an id. Asked for once; an unknown id is an error `schema-unknown`, remembered for ``Configuration/negativeTTL``.
    public func schema(id: UInt32) async throws(AvroError) -> Schema {
        let now = ContinuousClock.now
        let known = cache.withLock { cache in (cache.schemas[id], cache.missing[id].map { $0 > now } ?? false) }
        if let schema = known.0 { return schema }
        guard !known.1 else { throw unknown(id) }
        let json: JSONValue
        do throws(AvroError) {
            json = try await call("GET", "/schemas/ids/\(id)")
        } catch  where error.code == .schemaUnknown {
            cache.withLock { cache in
                if cache.missing.count >= configuration.cacheMax { cache.missing.removeAll() }
                cache.missing[id] = now + configuration.negativeTTL
            }
            throw unknown(id)
        }
        let schema = try await parse(json)
        cache.withLock { cache in
            if cache.schemas.count >= configuration.cacheMax { cache.schemas.removeAll() }
            cache.schemas[id] = schema
            cache.missing[id] = nil
        }
        return schema
    }

    /// Registers a schema under a subject, where it is not there yet; its id. Asked once for each pair.
    public func register(_ schema: Schema, subject: String) async throws(AvroError) -> UInt32 {
        let text = schema.json.text
        let key = subject + "\u{0}" + text
        if let known = cache.withLock({ $0.ids[key] }) { return known }
        let json = try await call("POST", "/subjects/\(Self.escape(subject))/versions", .object([.init("schema", .string(text))]))
        let id = try self.id(json)
        cache.withLock { cache in
            if cache.ids.count >= configuration.cacheMax { cache.ids.removeAll() }
            cache.ids[key] = id
            cache.schemas[id] = schema
            cache.missing[id] = nil
        }
        return id
    }

    /// The version of a subject that has this schema.
    public func lookUp(_ schema: Schema, subject: String) async throws(AvroError) -> Version {
        try await version(call("POST", "/subjects/\(Self.escape(subject))", .object([.init("schema", .string(schema.json.text))])))
    }

    /// The latest version of a subject. Asked each time.
    public func latest(subject: String) async throws(AvroError) -> Version {
        try await version(call("GET", "/subjects/\(Self.escape(subject))/versions/latest"))
    }

    /// A version of a subject by its number. Asked each time.
    public func version(_ number: Int, subject: String) async throws(AvroError) -> Version {
        try await version(call("GET", "/subjects/\(Self.escape(subject))/versions/\(number)"))
    }

    /// The numbers of a subject's versions.
    public func versions(subject: String) async throws(AvroError) -> [Int] {
        let json = try await call("GET", "/subjects/\(Self.escape(subject))/versions")
        return (json.array ?? []).compactMap { $0.integer.map(Int.init) }
    }

    /// All subjects.
    public func subjects() async throws(AvroError) -> [String] {
        let json = try await call("GET", "/subjects")
        return (json.array ?? []).compactMap(\.string)
    }

    /// Why a schema may not become a version of a subject, in the registry's words; empty when it may, nil when it may not and no reason was given.
    public func incompatibilities(_ schema: Schema, subject: String) async throws(AvroError) -> [String]? {
        let path = "/compatibility/subjects/\(Self.escape(subject))/versions/latest?verbose=true"
        let json: JSONValue
        do throws(AvroError) {
            json = try await call("POST", path, .object([.init("schema", .string(schema.json.text))]))
        } catch  where error.code == .schemaUnknown {
            return []
        }
        if json["is_compatible"]?.boolean == true { return [] }
        let reasons = (json["messages"]?.array ?? []).compactMap(\.string)
        return reasons.isEmpty ? nil : reasons
    }

    // MARK: Calls

    private func unknown(_ id: UInt32) -> AvroError {
        AvroError(.schemaUnknown, operation: "registry", detail: "no schema has the id \(id)")
    }

    private func call(_ method: String, _ path: String, _ body: JSONValue? = nil) async throws(AvroError) -> JSONValue {
        var headers: [(name: String, value: String)] = [("Accept", RegistryResponse.contentType + ", application/json")]
        if body != nil { headers.append(("Content-Type", RegistryResponse.contentType)) }
        if let (name, password) = configuration.credentials {
            headers.append(("Authorization", "Basic " + Self.base64("\(name):\(password)")))
        }
        let answer = try await transport.send(
            RegistryCall(method: method, url: configuration.url + path, headers: headers, body: body.map { Array($0.text.utf8) } ?? []))
        let json = try? JSONValue(parsing: answer.body)
        guard !(200..<300).contains(answer.status) else {
            guard let json else {
                throw AvroError(
                    .registry, operation: "registry", detail: "\(method) \(path) was answered with something that is no JSON",
                    disposition: .retry)
            }
            return json
        }
        let code = json?["error_code"]?.integer.map { "error \($0)" } ?? "status \(answer.status)"
        let message = json?["message"]?.string.map { String($0.prefix(500)) } ?? "no message"
        let isRetriable = answer.status >= 500 || answer.status == 429
        throw AvroError(
            Self.code(of: answer.status), operation: "registry", detail: "\(method) \(path): \(code), \(message)",
            disposition: isRetriable ? .retry : .reject)
    }

    private static func code(of status: Int) -> AvroError.Code {
        switch status {
        case 401, 403: .registryDenied
        case 404: .schemaUnknown
        case 409: .schemasIncompatible
        case 422: .schemaInvalid
        default: .registry
        }
    }

    /// The schema of an answer, with the types of other subjects that it refers to.
    private func parse(_ json: JSONValue, depth: Int = 0) async throws(AvroError) -> Schema {
        if let type = json["schemaType"]?.string, type != "AVRO" {
            throw AvroError(.schemaTypeUnknown, operation: "registry", detail: "the schema is of type \(type), not AVRO")
        }
        guard let text = json["schema"]?.string else {
            throw AvroError(.registry, operation: "registry", detail: "the answer has no schema", disposition: .retry)
        }
        let wanted = json["references"]?.array ?? []
        guard wanted.count <= configuration.referencesMax, wanted.isEmpty || depth < configuration.referenceDepthMax else {
            throw AvroError(
                .registry, operation: "registry",
                detail: "a schema refers to more than referencesMax (\(configuration.referencesMax)) others, or deeper than "
                    + "referenceDepthMax (\(configuration.referenceDepthMax))")
        }
        var references: [Schema] = []
        for reference in wanted {
            guard let subject = reference["subject"]?.string, let number = reference["version"]?.integer else {
                throw AvroError(.registry, operation: "registry", detail: "a reference names no subject and version", disposition: .retry)
            }
            let other = try await call("GET", "/subjects/\(Self.escape(subject))/versions/\(number)")
            references.append(try await parse(other, depth: depth + 1))
        }
        return try Schema(parsing: text, references: references)
    }

    private func id(_ json: JSONValue) throws(AvroError) -> UInt32 {
        guard let id = json["id"]?.integer.flatMap({ UInt32(exactly: $0) }) else {
            throw AvroError(.registry, operation: "registry", detail: "the answer has no id", disposition: .retry)
        }
        return id
    }

    private func version(_ json: JSONValue) async throws(AvroError) -> Version {
        Version(
            subject: json["subject"]?.string ?? "", version: json["version"]?.integer.map(Int.init) ?? 0, id: try id(json),
            schema: try await parse(json))
    }

    /// A segment of a path.
    static func escape(_ text: String) -> String {
        let hex = Array("0123456789ABCDEF".utf8)
        var out: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"),
                UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
                out.append(byte)
            default: out += [UInt8(ascii: "%"), hex[Int(byte >> 4)], hex[Int(byte & 15)]]
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    private static func base64(_ text: String) -> String {
        var out = AvroWriter()
        Array(text.utf8).withUnsafeBytes { Base64.append($0, to: &out) }
        return String(decoding: out.bytes, as: UTF8.self)
    }
}
