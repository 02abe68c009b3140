/// Reads an Avro object container file, block by block, from a file, memory or a function, under limits.
///
/// Files that Avro wrote before its version 1.3 are read as well, within ``ContainerLimits/oldFileBytesMax``.
/// A broken file is an error that names the block and the byte; it is never a trap or a silent short read. After an error, reading is over.
public struct ContainerReader: ~Copyable {
    /// The schema of the data.
    public let schema: Schema
    /// The schema's text as the file has it.
    public let schemaText: String
    /// How the blocks are packed.
    public let codec: ContainerCodec
    /// All metadata of the header, in the file's order.
    public let metadata: [(key: String, value: [UInt8])]
    /// How many blocks were read.
    public private(set) var blocksRead = 0
    /// How many data were handed out by ``next()``.
    public private(set) var itemsRead = 0
    private let limits: ContainerLimits
    /// The marker behind each block.
    public let syncMarker: [UInt8]
    private let plan: ResolutionPlan
    private let itemBytesMin: Int
    private var source: ContainerSource
    /// In place of the source where the file is of before Avro 1.3.
    private var old: OldContainer?
    private var block: [UInt8] = []
    private var blockPosition = 0
    private var blockItems = 0

    /// A reader of a file; it is closed when the reader goes.
    public init(path: String, limits: ContainerLimits = ContainerLimits()) throws(AvroError) {
        try self.init(ContainerSource(path: path), limits)
    }

    /// A reader of memory.
    public init(bytes: [UInt8], limits: ContainerLimits = ContainerLimits()) throws(AvroError) {
        try self.init(ContainerSource(bytes: bytes), limits)
    }

    /// A reader of what a function gives: at most as many bytes as asked for, none at the end.
    public init(limits: ContainerLimits = ContainerLimits(), reading function: @escaping (Int) throws(AvroError) -> [UInt8])
        throws(AvroError)
    {
        try self.init(ContainerSource(function), limits)
    }

    private init(_ source: consuming ContainerSource, _ limits: ContainerLimits) throws(AvroError) {
        let isOld = try source.fill(4) >= 4 && source.ready.prefix(4).elementsEqual(OldContainer.magic)
        old = isOld ? try OldContainer(&source, limits) : nil
        let header = if let old { old.header } else { try ContainerHeader.read(&source, limits) }
        schema = header.schema
        schemaText = header.schemaText
        codec = header.codec
        metadata = header.metadata
        syncMarker = header.sync
        plan = Resolution.plan(of: header.schema)
        itemBytesMin = MinimumSizes.compute(header.schema.graph)[header.schema.index]
        self.limits = limits
        self.source = source
    }

    /// The bytes of the file read so far.
    public var bytesRead: Int { old?.position ?? source.offset }
    /// The size of the file, where it is known.
    public var bytesTotal: Int? { source.size }

    /// The next block: how many data it has, and their bytes, unpacked. Nil at the end of the file.
    public mutating func nextBlock() throws(AvroError) -> (count: Int, bytes: [UInt8])? {
        blockItems = 0
        let start = bytesRead
        do throws(AvroError) {
            guard let block = try old == nil ? readBlock() : old?.nextBlock() else { return nil }
            blocksRead += 1
            return block
        } catch {
            throw AvroError(
                error.code, operation: "read container", detail: error.detail, place: "block \(blocksRead)", offset: error.offset ?? start,
                disposition: error.disposition)
        }
    }

    private mutating func readBlock() throws(AvroError) -> (count: Int, bytes: [UInt8])? {
        if try source.fill(1) == 0 { return nil }
        let count = try long("the block's count")
        guard count > 0 else { throw fault(.container, "a block of \(count) data") }
        let size = try long("the block's size")
        guard size >= 0 else { throw fault(.container, "a block of \(size) bytes") }
        guard size <= limits.blockBytesMax else {
            throw fault(.blockMax, "a block of \(size) bytes, blockBytesMax is \(limits.blockBytesMax)")
        }
        let ready = try source.fill(Int(size) + 16)
        guard ready >= Int(size) + 16 else {
            throw fault(.container, "the file ends \(Int(size) + 16 - ready) bytes before the end of the block and its sync marker")
        }
        let at = source.offset
        let packed = Array(source.take(Int(size)))
        guard source.take(16).elementsEqual(syncMarker) else {
            throw AvroError(.container, detail: "the sync marker differs", offset: source.offset - 16)
        }
        let bytes: [UInt8]
        do throws(AvroError) {
            bytes = try Unpacking(codec: codec, bytesMax: limits.unpackedBytesMax).unpack(packed)
        } catch {
            throw AvroError(error.code, detail: error.detail, offset: at)
        }
        let most = itemBytesMin > 0 ? bytes.count / itemBytesMin : limits.zeroSizeItemsMax
        guard count <= Int64(most) else { throw AvroError(.container, detail: "\(count) data in \(bytes.count) bytes", offset: at) }
        return (Int(count), bytes)
    }

    /// The bytes of the next datum, checked against the schema. Nil at the end of the file.
    public mutating func next() throws(AvroError) -> ArraySlice<UInt8>? {
        if blockItems == 0 {
            guard let (count, bytes) = try nextBlock() else { return nil }
            (block, blockItems, blockPosition) = (bytes, count, 0)
        }
        let start = blockPosition
        do throws(AvroError) {
            blockPosition = start + (try datumSize(at: start))
        } catch {
            blockItems = 0
            let detail = "datum \(itemsRead), byte \(start + (error.offset ?? 0)) of the unpacked block: \(error.detail)"
            throw AvroError(
                error.code, operation: "read container", detail: detail, place: "block \(blocksRead - 1)", offset: bytesRead)
        }
        blockItems -= 1
        itemsRead += 1
        return block[start..<blockPosition]
    }

    /// The size of the datum at a place of the block; the last one must end where the block does.
    private func datumSize(at start: Int) throws(AvroError) -> Int {
        var reader = AvroReader(block.span.bytes.extracting(droppingFirst: start), limits: limits.datum)
        try Skipper(plan.tables).skip(plan.root, &reader)
        if blockItems == 1 { try reader.finish() }
        return reader.offset
    }

    private func fault(_ code: AvroError.Code, _ detail: String) -> AvroError { AvroError(code, detail: detail, offset: source.offset) }

    private mutating func long(_ what: String) throws(AvroError) -> Int64 { try ContainerHeader.long(&source, what) }
}
