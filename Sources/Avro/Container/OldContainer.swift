/// A container file as Avro wrote it before version 1.3 (`Obj`, 0): schema, marker and count lie in a footer, blocks have no size and are not
/// packed, and a footer may also lie between blocks, where the file was appended to.
///
/// It is held in memory, because it is read from its end: at most ``ContainerLimits/oldFileBytesMax`` bytes.
struct OldContainer {
    static let magic: [UInt8] = [0x4F, 0x62, 0x6A, 0x00]
    /// What stands in place of a block's count where a footer follows.
    private static let footerMark: Int64 = -1

    let header: ContainerHeader
    private let bytes: [UInt8]
    private let plan: ResolutionPlan
    private let limits: ContainerLimits
    /// How many data the last footer says there are.
    private let countTotal: Int?
    private var count = 0
    /// Data without a byte, in all: a block of them costs the file next to nothing.
    private var zeroSizeItems = 0
    /// The place in the file.
    private(set) var position = 4

    init(_ source: inout ContainerSource, _ limits: ContainerLimits) throws(AvroError) {
        let size = try source.fill(limits.oldFileBytesMax + 1)
        guard size <= limits.oldFileBytesMax else {
            throw Self.fault(.blockMax, "a file of before Avro 1.3 with more than oldFileBytesMax (\(limits.oldFileBytesMax)) bytes", at: 0)
        }
        bytes = Array(source.take(size))
        guard size >= 8 else { throw Self.fault(.container, "the file ends before its footer", at: size) }
        let footerSize = bytes[(size - 4)...].reduce(0) { $0 << 8 | Int($1) }
        guard footerSize > 4, footerSize <= size - 4 else { throw Self.fault(.container, "a footer of \(footerSize) bytes", at: size - 4) }
        let metadata = try Self.metadata(bytes[(size - footerSize)..<(size - 4)], limits)
        func value(_ key: String) -> [UInt8]? { metadata.first { $0.key == key }?.value }
        guard let text = value("schema") else { throw Self.fault(.container, "the footer has no schema", at: size - footerSize) }
        guard let sync = value("sync"), sync.count == 16 else {
            throw Self.fault(.container, "the footer has no sync marker of 16 bytes", at: size - footerSize)
        }
        let codec = value("codec").map { String(decoding: $0.prefix(40), as: UTF8.self) } ?? "null"
        guard codec == "null" else {
            throw Self.fault(.codecUnknown, "the codec '\(codec)' in a file of before Avro 1.3", at: size - footerSize)
        }
        let schema: Schema
        do throws(AvroError) {
            schema = try Schema(parsing: text, limits: limits.schema)
        } catch {
            throw AvroError(
                error.code, operation: "read container", detail: "schema: \(error.detail)", place: "footer" + error.place,
                offset: error.offset)
        }
        header = ContainerHeader(
            schema: schema, schemaText: String(decoding: text, as: UTF8.self), codec: .null, metadata: metadata, sync: sync)
        countTotal = value("count").flatMap { Int(String(decoding: $0, as: UTF8.self)) }
        self.limits = limits
        plan = Resolution.plan(of: schema)
    }

    private static func metadata(_ footer: ArraySlice<UInt8>, _ limits: ContainerLimits) throws(AvroError) -> [(
        key: String, value: [UInt8]
    )] {
        var source = ContainerSource(bytes: Array(footer))
        do throws(AvroError) {
            return try ContainerHeader.map(&source, limits)
        } catch {
            throw fault(error.code, error.detail, at: footer.startIndex + (error.offset ?? 0))
        }
    }

    private static func fault(_ code: AvroError.Code, _ detail: String, at offset: Int) -> AvroError {
        AvroError(code, operation: "read container", detail: detail, place: "footer", offset: offset)
    }

    /// The next block: how many data it has, and their bytes. Nil at the end of the file. The caller names the block in errors.
    mutating func nextBlock() throws(AvroError) -> (count: Int, bytes: [UInt8])? {
        while position < bytes.count {
            guard bytes[position...].prefix(16).elementsEqual(header.sync) else {
                throw AvroError(.container, detail: "the sync marker differs", offset: position)
            }
            position += 16
            let items = try long()
            if items == Self.footerMark {
                let size = try long()
                guard size > 0, size <= bytes.count - position else {
                    throw AvroError(
                        .container, detail: "a footer of \(size) bytes where \(bytes.count - position) are left", offset: position)
                }
                position += Int(size)
                continue
            }
            return try block(of: items)
        }
        if let countTotal, countTotal != count {
            throw AvroError(.container, detail: "the blocks have \(count) data, the footer says \(countTotal)", offset: position)
        }
        return nil
    }

    /// Blocks have no size: each datum is stepped over.
    private mutating func block(of items: Int64) throws(AvroError) -> (count: Int, bytes: [UInt8]) {
        let start = position
        guard items > 0, items <= Int64(max(bytes.count - start, limits.zeroSizeItemsMax)) else {
            throw AvroError(.container, detail: "a block of \(items) data", offset: start)
        }
        for item in 0..<items {
            var reader = AvroReader(bytes.span.bytes.extracting(droppingFirst: position), limits: limits.datum)
            do throws(AvroError) {
                try Skipper(plan.tables).skip(plan.root, &reader)
            } catch {
                throw AvroError(error.code, detail: "datum \(item): \(error.detail)", offset: position + (error.offset ?? 0))
            }
            let size = reader.offset
            position += size
            if size == 0 { zeroSizeItems += 1 }
            guard zeroSizeItems <= limits.zeroSizeItemsMax else {
                let detail = "more data that take no byte than zeroSizeItemsMax (\(limits.zeroSizeItemsMax))"
                throw AvroError(.zeroSizeItemsMax, detail: detail, offset: position)
            }
        }
        count += Int(items)
        return (Int(items), Array(bytes[start..<position]))
    }

    private mutating func long() throws(AvroError) -> Int64 {
        var reader = AvroReader(bytes.span.bytes.extracting(droppingFirst: position), limits: limits.datum)
        let value: Int64
        do throws(AvroError) {
            value = try reader.readLong()
        } catch {
            throw AvroError(error.code, detail: error.detail, offset: position + (error.offset ?? 0))
        }
        position += reader.offset
        return value
    }
}
