import Glibc

/// Writes an Avro object container file through libavro, from data that are encoded already.
///
/// The header is ours, because libavro's loses defaults and logical types; libavro opens the file behind it and packs and writes the blocks.
/// XZ and Zstandard, which libavro does not write, are packed and framed here.
/// Not safe for use from several threads at once. Close it: what is not closed is flushed when the writer goes, without a word about failure.
public final class ContainerWriter {
    /// The file.
    public let path: String
    /// How the blocks are packed.
    public let codec: ContainerCodec
    /// How many data were appended.
    public private(set) var itemsWritten = 0
    private let sync: [UInt8]
    private var blockBytes: Int
    private var file: BlockFile?

    /// Creates the file, or, with `isAppending`, goes on with one that has the same schema.
    ///
    /// - Parameter blockBytes: how large a block grows before it is packed and written.
    public init(
        path: String, schema: Schema, codec: ContainerCodec = .null, metadata: [(key: String, value: [UInt8])] = [],
        blockBytes: Int = 65_536,
        isAppending: Bool = false
    ) throws(AvroError) {
        self.path = path
        self.blockBytes = max(1_024, blockBytes)
        if isAppending, access(path, F_OK) == 0 {
            let reader = try ContainerReader(path: path)
            guard reader.schema == schema else {
                throw AvroError(
                    .schemasIncompatible, operation: "append to container", detail: "\(path) has another schema", disposition: .fatal)
            }
            self.codec = reader.codec
            sync = reader.syncMarker
        } else {
            self.codec = codec
            var marker = [UInt8](repeating: 0, count: 16)
            for index in marker.indices { marker[index] = UInt8.random(in: 0...255) }
            sync = marker
            try Self.create(path, schema, codec, metadata, marker)
        }
        file = try BlockFile(path: path, codec: self.codec, sync: sync, blockBytes: self.blockBytes)
    }

    deinit {
        try? file?.close()
    }

    private static func create(
        _ path: String, _ schema: Schema, _ codec: ContainerCodec, _ metadata: [(key: String, value: [UInt8])], _ sync: [UInt8]
    ) throws(AvroError) {
        var printer = SchemaPrinter(graph: schema.graph, form: .container)
        var out = AvroWriter(capacity: 4_096)
        out.append(ContainerHeader.magic)
        let own: [(key: String, value: [UInt8])] = [
            ("avro.codec", Array(codec.rawValue.utf8)), ("avro.schema", Array(printer.json(schema.index).text.utf8)),
        ]
        let entries = own + metadata.filter { !$0.key.hasPrefix("avro.") }
        out.writeLong(Int64(entries.count))
        for entry in entries {
            out.writeString(entry.key)
            out.writeBytes(entry.value)
        }
        out.writeByte(0)
        out.append(sync)
        let file = Glibc.open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard file >= 0 else {
            throw AvroError(.io, operation: "create container", detail: "\(path): \(String(cString: strerror(errno)))", disposition: .fatal)
        }
        let count = out.count
        let written = out.withBytes { Glibc.write(file, $0.baseAddress, $0.count) }
        let reason = String(cString: strerror(errno))
        guard Glibc.close(file) == 0, written == count else {
            throw AvroError(.io, operation: "create container", detail: "\(path): \(reason)", disposition: .fatal)
        }
    }

    /// Appends one datum in binary form. It is not checked against the schema.
    public func append(_ datum: RawSpan) throws(AvroError) {
        if file == nil { throw AvroError(.io, operation: "append to container", detail: "\(path) is closed", disposition: .fatal) }
        if datum.byteCount > blockBytes {
            try close()
            blockBytes = datum.byteCount
            file = try BlockFile(path: path, codec: codec, sync: sync, blockBytes: blockBytes)
        }
        try file?.append(datum)
        itemsWritten += 1
    }

    /// Appends one datum in binary form.
    public func append(_ datum: [UInt8]) throws(AvroError) { try append(datum.span.bytes) }

    /// Writes what was appended as a block, so that a reader sees it and a crash of the program does not lose it.
    public func flush() throws(AvroError) {
        guard file != nil else { return }
        try file?.flush()
        try verify()
    }

    /// Writes what was appended and closes the file.
    public func close() throws(AvroError) {
        guard var open = file else { return }
        file = nil
        try open.close()
        try verify()
    }

    /// libavro does not tell of a failed flush, so the file's last bytes are looked at: they are the sync marker, or the disk is full.
    private func verify() throws(AvroError) {
        let file = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        defer { if file >= 0 { Glibc.close(file) } }
        var tail = [UInt8](repeating: 0, count: 16)
        let size = file < 0 ? -1 : lseek(file, 0, SEEK_END)
        guard size >= 16, pread(file, &tail, 16, size - 16) == 16, tail == sync else {
            throw AvroError(
                .io, operation: "write container", detail: "\(path): not everything was written (is the disk full?)", disposition: .fatal)
        }
    }
}
