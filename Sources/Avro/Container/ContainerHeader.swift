/// The header of a container file.
struct ContainerHeader {
    var schema: Schema
    var schemaText: String
    var codec: ContainerCodec
    var metadata: [(key: String, value: [UInt8])]
    var sync: [UInt8]

    static let magic: [UInt8] = [0x4F, 0x62, 0x6A, 0x01]

    private static func fault(_ source: borrowing ContainerSource, _ code: AvroError.Code, _ detail: String) -> AvroError {
        AvroError(code, operation: "read container", detail: detail, place: "header", offset: source.offset)
    }

    static func read(_ source: inout ContainerSource, _ limits: ContainerLimits) throws(AvroError) -> ContainerHeader {
        guard try source.fill(4) >= 4, source.take(4).elementsEqual(magic) else {
            throw fault(source, .container, "this is no Avro container file")
        }
        let metadata = try map(&source, limits)
        guard try source.fill(16) >= 16 else { throw fault(source, .container, "the file ends within the header") }
        let sync = Array(source.take(16))
        guard let schemaBytes = metadata.first(where: { $0.key == "avro.schema" })?.value else {
            throw fault(source, .container, "the header has no avro.schema")
        }
        let schema: Schema
        do throws(AvroError) {
            schema = try Schema(parsing: schemaBytes, limits: limits.schema)
        } catch {
            throw AvroError(
                error.code, operation: "read container", detail: "avro.schema: \(error.detail)", place: "header" + error.place,
                offset: error.offset)
        }
        var codec = ContainerCodec.null
        if let name = metadata.first(where: { $0.key == "avro.codec" })?.value, !name.isEmpty {
            guard let known = ContainerCodec(rawValue: String(decoding: name, as: UTF8.self)) else {
                throw fault(source, .codecUnknown, "the codec '\(String(decoding: name.prefix(40), as: UTF8.self))' is unknown")
            }
            codec = known
        }
        return ContainerHeader(
            schema: schema, schemaText: String(decoding: schemaBytes, as: UTF8.self), codec: codec, metadata: metadata, sync: sync)
    }

    /// A map of bytes: the metadata.
    static func map(_ source: inout ContainerSource, _ limits: ContainerLimits) throws(AvroError) -> [(key: String, value: [UInt8])] {
        var metadata: [(key: String, value: [UInt8])] = []
        while true {
            var count = try long(&source, "the count of metadata")
            if count == 0 { return metadata }
            if count < 0 {
                guard count > -(1 << 32) else { throw fault(source, .container, "\(count) entries of metadata") }
                count = -count
                _ = try long(&source, "the size of metadata")
            }
            guard count <= 10_000, metadata.count + Int(count) <= 10_000 else {
                throw fault(source, .container, "\(count) entries of metadata")
            }
            for _ in 0..<count {
                let key = try bytes(&source, limits)
                guard let text = String(validating: key, as: UTF8.self) else {
                    throw fault(source, .utf8Invalid, "a key of the metadata is not UTF-8")
                }
                metadata.append((text, try bytes(&source, limits)))
            }
        }
    }

    private static func bytes(_ source: inout ContainerSource, _ limits: ContainerLimits) throws(AvroError) -> [UInt8] {
        let count = try long(&source, "a length of metadata")
        guard count >= 0 else { throw fault(source, .lengthNegative, "a length of \(count)") }
        guard source.offset + Int(min(count, 1 << 40)) <= limits.headerBytesMax else {
            throw fault(source, .blockMax, "the header is larger than headerBytesMax (\(limits.headerBytesMax))")
        }
        guard try source.fill(Int(count)) >= Int(count) else { throw fault(source, .container, "the file ends within the header") }
        return Array(source.take(Int(count)))
    }

    /// A varint, byte by byte.
    static func long(_ source: inout ContainerSource, _ what: String) throws(AvroError) -> Int64 {
        var value: UInt64 = 0
        for index in 0..<10 {
            guard let byte = try source.byte() else {
                throw AvroError(.container, operation: "read container", detail: "the file ends within \(what)", offset: source.offset)
            }
            if index == 9, byte > 1 {
                throw AvroError(.varintRange, operation: "read container", detail: "\(what) is no varint of 64 bits", offset: source.offset)
            }
            value |= UInt64(byte & 0x7F) << UInt64(index * 7)
            if byte < 0x80 { return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1) }
        }
        throw AvroError(.varintLength, operation: "read container", detail: "\(what) is no varint of 64 bits", offset: source.offset)
    }
}
