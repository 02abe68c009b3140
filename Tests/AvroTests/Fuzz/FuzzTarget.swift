import Avro

/// Every decoder of one schema. A datum that is taken is written again and must read the same.
struct FuzzTarget {
    private let generic: GenericCoder
    private let readerCoder: GenericCoder
    private let resolution: Resolution?
    private let printers: [AvroToJSON]
    private let plainParser: JSONToAvro
    private let taggedParser: JSONToAvro
    private let header: [UInt8]
    private let watch: FuzzWatch

    /// How large a block of a container may become: the default is for files larger than these.
    static let unpackedBytesMax = 4 << 20

    init(schema: Schema, reader: Schema, watch: FuzzWatch) {
        self.watch = watch
        generic = GenericCoder(schema)
        readerCoder = GenericCoder(reader)
        resolution = try? Resolution(writer: schema, reader: reader)
        printers = [AvroToJSON(schema), AvroToJSON(schema, form: .tagged)]
        plainParser = JSONToAvro(schema)
        taggedParser = JSONToAvro(schema, form: .tagged)
        var out = AvroWriter()
        out.append([0x4F, 0x62, 0x6A, 0x01])
        out.writeLong(2)
        out.writeString("avro.codec")
        out.writeString(["null", "deflate", "snappy", "xz", "zstandard"][schema.json.text.utf8.count % 5])
        out.writeString("avro.schema")
        out.writeString(schema.json.text)
        out.writeByte(0)
        out.append([UInt8](repeating: 7, count: 16))
        header = out.bytes
    }

    func binary(_ bytes: [UInt8]) throws(AvroError) {
        let value = try watched(.generic, bytes) { () throws(AvroError) in try generic.decode(bytes) }
        let encoded = try generic.encode(value)
        precondition(
            (try? generic.encode(generic.decode(encoded))) == encoded, "a value that was taken reads differently when written again")
        for printer in printers { try watched(.printing, bytes) { () throws(AvroError) in _ = try printer.json(bytes) } }
        var out = AvroWriter()
        guard let resolution else { return }
        let resolved: GenericValue
        do throws(AvroError) {
            resolved = try watched(.resolution, bytes) { () throws(AvroError) in try resolution.decode(bytes) }
        } catch  where error.code == .memoryMax || error.code == .schemasIncompatible {
            return
        }
        try rewrite(resolution, bytes, &out)
        precondition(
            (try? readerCoder.encode(resolved)) == (try? readerCoder.encode(readerCoder.decode(out.bytes))), "two ways of resolution differ"
        )
    }

    private func rewrite(_ resolution: Resolution, _ bytes: [UInt8], _ out: inout AvroWriter) throws(AvroError) {
        watch.begin()
        defer { watch.end(.typed, bytes.count) }
        try resolution.rewrite(bytes.span.bytes, into: &out)
    }

    func json(_ bytes: [UInt8], _ form: JSONForm) throws(AvroError) {
        let parser = form == .plain ? plainParser : taggedParser
        let encoded: [UInt8]
        do throws(JSONRejection) {
            watch.begin()
            defer { watch.end(.parsing, bytes.count) }
            encoded = try parser.encode(bytes)
        } catch {
            precondition(!error.faults.isEmpty, "a refusal without a reason")
            throw AvroError(error.isMalformed ? .jsonSyntax : .valueUnfit, detail: error.description)
        }
        // What was taken is JSON by the strict reader too, but for names that a record may have repeated nowhere.
        precondition((try? JSONValue(parsing: bytes)) != nil, "JSON that only one of the readers takes")
        _ = try generic.decode(encoded)
    }

    func schema(_ bytes: [UInt8]) throws(AvroError) {
        let schema = try watched(.schema, bytes) { () throws(AvroError) in try Schema(parsing: bytes) }
        precondition((try? Schema(parsing: schema.json.text)) == schema, "a schema that reads differently when printed")
        _ = schema.identifier
        _ = Compatibility.reasons(reader: schema, writer: generic.schema)
        _ = try? Resolution(writer: generic.schema, reader: schema)
        _ = try? AvroProtocol(parsing: #"{"protocol":"P","types":[\#(String(decoding: bytes, as: UTF8.self))]}"#)
    }

    /// A file of one block.
    func container(_ datum: [UInt8]) -> [UInt8] {
        var out = AvroWriter()
        out.append(header)
        out.writeLong(1)
        out.writeBytes(datum)
        out.append([UInt8](repeating: 7, count: 16))
        return out.bytes
    }

    func readContainer(_ bytes: [UInt8]) throws(AvroError) {
        var limits = ContainerLimits()
        limits.unpackedBytesMax = Self.unpackedBytesMax
        try watched(.container, bytes) { () throws(AvroError) in
            var reader = try ContainerReader(bytes: bytes, limits: limits)
            while try reader.next() != nil {}
        }
    }

    private func watched<Result>(_ kind: FuzzKind, _ bytes: [UInt8], _ body: () throws(AvroError) -> Result) throws(AvroError) -> Result {
        watch.begin()
        defer { watch.end(kind, bytes.count) }
        return try body()
    }
}
