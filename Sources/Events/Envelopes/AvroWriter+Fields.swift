public import Avro
public import Core

/// The fields that envelopes share, written directly from the core's types.
extension AvroWriter {
    /// An id as its 36 characters.
    @inlinable
    public mutating func writeID(_ id: RequestID) {
        let text = id.textBytes
        writeBytes(text.span.bytes)
    }

    mutating func writeInteger(_ value: Int) { writeInt(Int32(clamping: value)) }

    mutating func writeTime(_ value: Timestamp) { writeLong(value.milliseconds) }

    mutating func writeOptional(_ value: Timestamp?) { writeOptional(value?.milliseconds) }

    mutating func writeOptional(_ value: Int64?) {
        guard let value else { return writeByte(0) }
        writeByte(2)
        writeLong(value)
    }

    mutating func writeOptional(_ value: Double?) {
        guard let value else { return writeByte(0) }
        writeByte(2)
        writeDouble(value)
    }

    mutating func writeOptional(_ value: String?) {
        guard let value else { return writeByte(0) }
        writeByte(2)
        writeString(value)
    }

    /// A map, its keys in order, so that equal maps have equal bytes.
    mutating func writeMap(_ map: [String: String]) {
        if !map.isEmpty {
            writeLong(Int64(map.count))
            for (key, value) in map.sorted(by: { $0.key < $1.key }) {
                writeString(key)
                writeString(value)
            }
        }
        writeByte(0)
    }
}
