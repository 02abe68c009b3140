import CCodecs

/// Packs blocks in the codecs that libavro does not write: its "lzma" is raw LZMA, which no other library reads, and Zstandard it has none.
struct Packing {
    let codec: ContainerCodec

    func pack(_ bytes: [UInt8]) throws(AvroError) -> [UInt8] {
        codec == .xz ? try xz(bytes) : try zstandard(bytes)
    }

    private func failed(_ detail: String) -> AvroError {
        AvroError(.io, operation: "pack \(codec.rawValue)", detail: detail, disposition: .fatal)
    }

    private func xz(_ bytes: [UInt8]) throws(AvroError) -> [UInt8] {
        var out = [UInt8](repeating: 0, count: lzma_stream_buffer_bound(bytes.count))
        var used = 0
        let status = lzma_easy_buffer_encode(6, LZMA_CHECK_CRC64, nil, bytes, bytes.count, &out, &used, out.count)
        guard status == LZMA_OK else { throw failed("liblzma says \(status.rawValue)") }
        out.removeLast(out.count - used)
        return out
    }

    private func zstandard(_ bytes: [UInt8]) throws(AvroError) -> [UInt8] {
        var out = [UInt8](repeating: 0, count: ZSTD_compressBound(bytes.count))
        let used = ZSTD_compress(&out, out.count, bytes, bytes.count, 3)
        guard ZSTD_isError(used) == 0 else { throw failed(String(cString: ZSTD_getErrorName(used))) }
        out.removeLast(out.count - used)
        return out
    }
}
