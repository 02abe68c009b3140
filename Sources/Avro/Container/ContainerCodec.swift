/// How the blocks of a container file are packed.
public enum ContainerCodec: String, Sendable, Hashable, CaseIterable {
    /// Not at all.
    case null
    /// Raw deflate (RFC 1951).
    case deflate
    /// Snappy, with the CRC-32 of the unpacked bytes behind it.
    case snappy
    /// XZ.
    case xz
    /// Zstandard.
    case zstandard
}
