public import Avro

/// Who owns a partition: a record of `rejoinder.members` under the partition's number; the last claim in the log wins.
public struct Member: Sendable, Hashable {
    /// The node's name.
    public var node: String
    /// Where its interface answers; empty when it has none.
    public var address: String

    /// A claim.
    public init(node: String, address: String = "") {
        self.node = node
        self.address = address
    }

    /// Reads a record, written with our schema.
    public init(_ record: RawSpan, limits: DecodingLimits = .standard) throws(AvroError) {
        try EnvelopeCodec.expect(EnvelopeCodec.member, record)
        var reader = try EnvelopeCodec.body(of: record, limits: limits)
        let wire = try Wire.Member(from: &reader)
        try reader.finish()
        self.init(node: wire.node.string(in: record), address: wire.address.string(in: record))
    }

    /// The record's value.
    public var value: [UInt8] {
        var writer = AvroWriter()
        writer.beginFrame(EnvelopeCodec.member.id)
        writer.writeString(node)
        writer.writeString(address)
        return writer.bytes
    }

    /// The record's key: the partition's number in decimal.
    public static func key(partition: Int32) -> [UInt8] { Array(String(partition).utf8) }

    /// The partition of a key; nil when it is none.
    public static func partition(key: RawSpan) -> Int32? {
        guard key.byteCount > 0, key.byteCount <= 10 else { return nil }
        let text = key.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
        guard let number = Int32(text), number >= 0, String(number) == text else { return nil }
        return number
    }
}
