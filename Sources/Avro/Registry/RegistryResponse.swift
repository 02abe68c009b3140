/// What the registry answers.
public struct RegistryResponse: Sendable, Hashable {
    /// The content type of every answer.
    public static let contentType = "application/vnd.schemaregistry.v1+json"

    /// The HTTP status.
    public var status: Int
    /// The JSON.
    public var body: [UInt8]
    /// The methods that the path takes, for the `Allow` header of a `405`.
    public var allow: String?

    init(_ json: JSONValue, status: Int = 200) {
        self.status = status
        body = Array(json.text.utf8)
    }

    /// An error as Confluent's registry tells it: a code whose first three digits are the status, and a message.
    public static func error(_ code: Int, _ message: String) -> RegistryResponse {
        RegistryResponse(
            .object([.init("error_code", .number(String(code))), .init("message", .string(message))]),
            status: code >= 10_000 ? code / 100 : code)
    }
}
