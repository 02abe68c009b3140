/// Reads `Decodable` values from Avro. Compile once, use from any thread.
///
/// Fields go to properties of the same name; unions are transparent, null is nil. Numbers are taken where they fit exactly. `Date`, `UUID`, `Data` and `[UInt8]`
/// come from the logical types, bytes and fixed; a `String` also from enums and decimals.
public final class AvroDecoder: Sendable {
    /// How the bytes are read.
    public let resolution: Resolution
    /// The bounds of every decode.
    public let limits: DecodingLimits
    private let graph: CodingGraph

    /// A decoder for what a schema wrote.
    public convenience init(_ schema: Schema, limits: DecodingLimits = .standard) throws(AvroError) {
        self.init(try Resolution(writer: schema, reader: schema), limits: limits)
    }

    /// A decoder for what one schema wrote and another wants.
    public init(_ resolution: Resolution, limits: DecodingLimits = .standard) {
        self.resolution = resolution
        self.limits = limits
        graph = CodingGraph(resolution.reader.graph)
    }

    /// The value of one datum, which is all of `bytes`.
    public func decode<Value: Decodable>(_ type: Value.Type, from bytes: RawSpan) throws(AvroError) -> Value {
        let value = try resolution.decode(bytes, limits: limits)
        let decoder = ValueDecoder(value, graph, resolution.reader.index)
        do {
            return try decoder.decode(type)
        } catch let error as AvroError {
            throw error
        } catch let DecodingError.keyNotFound(key, context) {
            throw AvroError(
                .valueUnfit, operation: "decode", detail: "no field '\(key.stringValue)'", place: Self.place(context.codingPath))
        } catch let DecodingError.typeMismatch(type, context) {
            throw AvroError(
                .valueUnfit, operation: "decode", detail: "not a \(type): \(context.debugDescription)",
                place: Self.place(context.codingPath))
        } catch let DecodingError.valueNotFound(type, context) {
            throw AvroError(.valueUnfit, operation: "decode", detail: "null where \(type) is wanted", place: Self.place(context.codingPath))
        } catch {
            throw AvroError(.valueUnfit, operation: "decode", detail: "\(error)")
        }
    }

    /// The value of one datum, which is all of `bytes`.
    public func decode<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) throws(AvroError) -> Value {
        try decode(type, from: bytes.span.bytes)
    }

    private static func place(_ path: [any CodingKey]) -> String {
        path.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".")
    }
}
