import CCodecs

/// Unpacks a block, never beyond a limit: output grows as it comes, whatever the packed bytes claim.
struct Unpacking {
    let codec: ContainerCodec
    let bytesMax: Int

    private func damaged(_ detail: String) -> AvroError { AvroError(.blockDamaged, operation: "unpack \(codec.rawValue)", detail: detail) }
    private var tooLarge: AvroError {
        AvroError(.blockMax, operation: "unpack \(codec.rawValue)", detail: "the block unpacks to more than unpackedBytesMax (\(bytesMax))")
    }

    func unpack(_ packed: [UInt8]) throws(AvroError) -> [UInt8] {
        switch codec {
        case .null: packed
        case .deflate: try inflate(packed)
        case .snappy: try snappy(packed)
        case .xz: try xz(packed)
        case .zstandard: try zstandard(packed)
        }
    }

    /// Doubles the room, within the limit.
    private func grow(_ out: inout [UInt8], used: Int) throws(AvroError) {
        guard out.count < bytesMax else { throw tooLarge }
        let larger = min(bytesMax, max(65_536, out.count * 2))
        out.append(contentsOf: repeatElement(0, count: larger - out.count))
    }

    private func inflate(_ packed: [UInt8]) throws(AvroError) -> [UInt8] {
        var stream = z_stream()
        guard inflateInit2_(&stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            throw damaged("zlib did not start")
        }
        defer { inflateEnd(&stream) }
        var out: [UInt8] = []
        var input = packed
        var used = 0
        var status = Z_OK
        var fed = 0
        while status != Z_STREAM_END {
            if used == out.count { try grow(&out, used: used) }
            let (fedBefore, usedBefore) = (fed, used)
            input.withUnsafeMutableBufferPointer { input in
                out.withUnsafeMutableBufferPointer { out in
                    stream.next_in = input.baseAddress.map { $0 + fed }
                    stream.avail_in = UInt32(input.count - fed)
                    stream.next_out = out.baseAddress.map { $0 + used }
                    stream.avail_out = UInt32(out.count - used)
                    status = CCodecs.inflate(&stream, Z_NO_FLUSH)
                    fed = input.count - Int(stream.avail_in)
                    used = out.count - Int(stream.avail_out)
                }
            }
            guard status == Z_OK || status == Z_STREAM_END || (status == Z_BUF_ERROR && used == out.count) else {
                throw damaged("byte \(fed) of the block is no deflate stream")
            }
            if status != Z_STREAM_END, fed == fedBefore, used == usedBefore, used < out.count { throw damaged("the stream ends too early") }
        }
        // fastavro cuts zlib's wrapper off by one byte in place of four, and leaves the rest of the checksum behind the stream.
        guard packed.count - fed <= 4 else { throw damaged("\(packed.count - fed) bytes follow the stream") }
        out.removeLast(out.count - used)
        return out
    }

    private func snappy(_ packed: [UInt8]) throws(AvroError) -> [UInt8] {
        guard packed.count >= 4 else { throw damaged("no room for the checksum") }
        let body = packed.count - 4
        let size = packed.withUnsafeBytes { bytes in
            var size = 0
            return snappy_uncompressed_length(bytes.baseAddress?.assumingMemoryBound(to: CChar.self), body, &size) == SNAPPY_OK ? size : nil
        }
        guard let size else { throw damaged("no snappy length") }
        guard size <= bytesMax else { throw tooLarge }
        // No three bytes make more than 64, so that a length beyond that is a lie.
        guard size <= 32 * body + 64 else { throw damaged("a length of \(size) that \(body) bytes cannot hold") }
        var out = [UInt8](repeating: 0, count: size)
        var written = size
        let status = packed.withUnsafeBytes { bytes in
            out.withUnsafeMutableBytes { out in
                snappy_uncompress(
                    bytes.baseAddress?.assumingMemoryBound(to: CChar.self), body, out.baseAddress?.assumingMemoryBound(to: CChar.self),
                    &written)
            }
        }
        guard status == SNAPPY_OK, written == size else { throw damaged("no snappy data") }
        let expected = packed[body...].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        let found = out.isEmpty ? 0 : crc32_z(0, out, out.count)
        guard UInt32(truncatingIfNeeded: found) == expected else { throw damaged("the checksum differs") }
        return out
    }

    private func xz(_ packed: [UInt8]) throws(AvroError) -> [UInt8] {
        var stream = lzma_stream()
        guard lzma_stream_decoder(&stream, 128 << 20, 0) == LZMA_OK else { throw damaged("liblzma did not start") }
        defer { lzma_end(&stream) }
        var out: [UInt8] = []
        var used = 0
        var fed = 0
        var status = LZMA_OK
        while status != LZMA_STREAM_END {
            if used == out.count { try grow(&out, used: used) }
            packed.withUnsafeBufferPointer { input in
                out.withUnsafeMutableBufferPointer { out in
                    stream.next_in = input.baseAddress.map { $0 + fed }
                    stream.avail_in = input.count - fed
                    stream.next_out = out.baseAddress.map { $0 + used }
                    stream.avail_out = out.count - used
                    status = lzma_code(&stream, LZMA_FINISH)
                    fed = input.count - stream.avail_in
                    used = out.count - stream.avail_out
                }
            }
            guard status == LZMA_OK || status == LZMA_STREAM_END || (status == LZMA_BUF_ERROR && used == out.count) else {
                throw damaged("byte \(fed) of the block is no xz stream, or it needs more than 128 MiB")
            }
        }
        guard fed == packed.count else { throw damaged("\(packed.count - fed) bytes follow the stream") }
        out.removeLast(out.count - used)
        return out
    }

    private func zstandard(_ packed: [UInt8]) throws(AvroError) -> [UInt8] {
        guard let stream = ZSTD_createDStream() else { throw damaged("libzstd did not start") }
        defer { ZSTD_freeDStream(stream) }
        ZSTD_DCtx_setParameter(stream, ZSTD_d_windowLogMax, 27)
        var out: [UInt8] = []
        var used = 0
        var fed = 0
        var left = 1
        while left != 0 || fed < packed.count {
            if used == out.count { try grow(&out, used: used) }
            let (fedBefore, usedBefore) = (fed, used)
            packed.withUnsafeBytes { input in
                out.withUnsafeMutableBytes { out in
                    var from = ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: fed)
                    var into = ZSTD_outBuffer(dst: out.baseAddress, size: out.count, pos: used)
                    left = ZSTD_decompressStream(stream, &into, &from)
                    (fed, used) = (from.pos, into.pos)
                }
            }
            guard ZSTD_isError(left) == 0 else { throw damaged("byte \(fed) of the block: \(String(cString: ZSTD_getErrorName(left)))") }
            if left != 0, fed == fedBefore, used == usedBefore { throw damaged("the stream ends too early") }
        }
        out.removeLast(out.count - used)
        return out
    }
}
