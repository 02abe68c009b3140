/// The end of a value: what came in another order is put right, and what is missing is written.
extension EncodingRun {
    func finish() throws(AvroError) {
        switch frame.state {
        case .single: return
        case .tree, .untouched: try writer.append(frame.tree?.tree ?? .keyed(KeyedTree()), Int(frame.place.index), &out)
        case .record: if frame.ordered < frame.fieldsCount || frame.parts != nil { try finishRecord() }
        case .map, .array: try finishBlocks()
        case .mixed: throw AvroError(.valueUnfit, operation: "encode", detail: "the value asks for containers of several kinds")
        }
    }

    private func finishRecord() throws(AvroError) {
        let written = takeParts(), record = node(frame.place)
        var found: [Int: EncodingFrame.Part] = [:]
        for part in frame.parts ?? [] {
            guard part.position >= frame.ordered, found.updateValue(part, forKey: part.position) == nil else {
                let name = part.key ?? record.fieldNames[part.position]
                throw AvroError(.valueUnfit, operation: "encode", detail: "\(record.name) has no field \(name), or it is written twice")
            }
        }
        for position in frame.ordered..<record.fieldNames.count {
            do throws(AvroError) {
                if let part = found[position] {
                    try write(part, record.fieldTypes[position], written)
                } else {
                    try writer.absent(position, record, &out)
                }
            } catch {
                throw error.inside(record.fieldNames[position])
            }
        }
    }

    private func finishBlocks() throws(AvroError) {
        let total = frame.count
        // The byte that was kept for the count is then the end.
        if total == 0 { return }
        let written = takeParts()
        for part in frame.parts ?? [] {
            if part.slot != nil, let key = part.key { out.writeString(key) }
            try write(part, Int(frame.item.index), written)
        }
        out.writeByte(0)
        out.setCount(total, at: frame.start)
    }

    /// The bytes of the parts, taken off the output.
    private func takeParts() -> [UInt8] {
        guard frame.parts != nil else { return [] }
        defer { out.truncate(to: frame.orderedEnd) }
        return out.bytes(from: frame.orderedEnd)
    }

    private func write(_ part: EncodingFrame.Part, _ type: Int, _ written: [UInt8]) throws(AvroError) {
        if let slot = part.slot { return try writer.append(slot.tree ?? .keyed(KeyedTree()), type, &out) }
        let range = part.range.lowerBound - frame.orderedEnd..<part.range.upperBound - frame.orderedEnd
        written.withUnsafeBytes { out.append(UnsafeRawBufferPointer(rebasing: $0[range])) }
    }
}

extension AvroWriter {
    /// The bytes from an offset on, copied.
    func bytes(from offset: Int) -> [UInt8] { [UInt8](UnsafeRawBufferPointer(start: storage + offset, count: written - offset)) }

    /// Puts a block's count where one byte was kept for it; what follows moves when it takes more.
    mutating func setCount(_ count: Int, at offset: Int) {
        if count < 64 {
            storage.storeBytes(of: UInt8(count * 2), toByteOffset: offset, as: UInt8.self)
            return
        }
        let rest = bytes(from: offset + 1)
        truncate(to: offset)
        writeLong(Int64(count))
        append(rest)
    }
}
