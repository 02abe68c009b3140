import Telemetry

/// Resolutions by pair of schemas, compiled when first asked for. Bounded: when full, it forgets all and begins anew.
public final class ResolutionCache: Sendable {
    private struct Pair: Hashable {
        let writer: ObjectIdentifier
        let writerIndex: Int
        let reader: ObjectIdentifier
        let readerIndex: Int
    }

    private let entries = Locked<[Pair: Resolution]>([:])
    private let countMax: Int

    /// A cache of at most so many pairs.
    public init(countMax: Int = 1_000) {
        self.countMax = countMax
    }

    /// The resolution of a pair. A pair is known by where its schemas were parsed, so keep them rather than parse them again.
    public func resolution(writer: Schema, reader: Schema) throws(AvroError) -> Resolution {
        let pair = Pair(
            writer: ObjectIdentifier(writer.graph), writerIndex: writer.index, reader: ObjectIdentifier(reader.graph),
            readerIndex: reader.index)
        if let known = entries.withLock({ $0[pair] }) { return known }
        let made = try Resolution(writer: writer, reader: reader)
        entries.withLock { entries in
            if entries.count >= countMax { entries.removeAll() }
            entries[pair] = made
        }
        return made
    }
}
