import CAvro
import Glibc

/// What takes data and writes them as blocks behind a header that is there already: libavro, or our own framing for the codecs it lacks.
struct BlockFile {
    private let path: String
    /// Open until `close`, which ``ContainerWriter`` calls exactly once.
    private let handle: avro_file_writer_t?
    private var own: OwnBlocks

    init(path: String, codec: ContainerCodec, sync: [UInt8], blockBytes: Int) throws(AvroError) {
        self.path = path
        own = OwnBlocks(path: path, packing: Packing(codec: codec), sync: sync, blockBytes: blockBytes)
        if codec == .xz || codec == .zstandard {
            handle = nil
            return
        }
        var opened: avro_file_writer_t?
        guard avro_file_writer_open_bs(path, &opened, blockBytes) == 0, let opened else { throw Self.failed(path) }
        handle = opened
    }

    private static func failed(_ path: String) -> AvroError {
        AvroError(.io, operation: "write container", detail: "\(path): \(String(cString: avro_strerror()))", disposition: .fatal)
    }

    mutating func append(_ datum: RawSpan) throws(AvroError) {
        guard let handle else { return try own.append(datum) }
        // libavro takes no empty buffer's address; any will do for no bytes.
        let status = datum.withUnsafeBytes { bytes in
            bytes.baseAddress.map { avro_file_writer_append_encoded(handle, $0, Int64(bytes.count)) }
                ?? avro_file_writer_append_encoded(handle, path, 0)
        }
        guard status == 0 else { throw Self.failed(path) }
    }

    mutating func flush() throws(AvroError) {
        guard let handle else { return try own.flush() }
        guard avro_file_writer_flush(handle) == 0 else { throw Self.failed(path) }
    }

    /// Flushes and closes; not to be used again, whether it throws or not.
    mutating func close() throws(AvroError) {
        guard let handle else { return try own.flush() }
        guard avro_file_writer_close(handle) == 0 else { throw Self.failed(path) }
    }
}

/// Blocks that we frame ourselves.
struct OwnBlocks {
    let path: String
    let packing: Packing
    let sync: [UInt8]
    let blockBytes: Int
    private var bytes: [UInt8] = []
    private var count = 0

    init(path: String, packing: Packing, sync: [UInt8], blockBytes: Int) {
        self.path = path
        self.packing = packing
        self.sync = sync
        self.blockBytes = blockBytes
    }

    mutating func append(_ datum: RawSpan) throws(AvroError) {
        if count > 0, bytes.count + datum.byteCount > blockBytes { try flush() }
        datum.withUnsafeBytes { bytes.append(contentsOf: $0) }
        count += 1
    }

    mutating func flush() throws(AvroError) {
        guard count > 0 else { return }
        let packed = try packing.pack(bytes)
        var out = AvroWriter(capacity: packed.count + 64)
        out.writeLong(Int64(count))
        out.writeBytes(packed)
        out.append(sync)
        let file = open(path, O_WRONLY | O_APPEND | O_CLOEXEC)
        let size = out.count
        let written = file < 0 ? -1 : out.withBytes { Glibc.write(file, $0.baseAddress, $0.count) }
        let reason = String(cString: strerror(errno))
        if file >= 0 { Glibc.close(file) }
        guard written == size else { throw AvroError(.io, operation: "write container", detail: "\(path): \(reason)", disposition: .fatal) }
        bytes.removeAll(keepingCapacity: true)
        count = 0
    }
}
