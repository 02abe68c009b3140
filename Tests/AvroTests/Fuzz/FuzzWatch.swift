/// What is fed: each kind has its own bound of memory.
enum FuzzKind: String, CaseIterable {
    case generic, resolution, typed, codable, printing, parsing, container, schema

    /// How much memory an input of so many bytes may hold while it is worked at. That of decoders is `memoryMax` by default.
    func memoryMax(_ count: Int) -> Int {
        switch self {
        case .generic, .resolution, .printing: 128 * count + 1 << 20
        case .typed: max(16 * count, 1 << 16)
        // The decoder's own values and those of the caller's types.
        case .codable: 2 * (128 * count + 1 << 20)
        case .parsing: 16 * count + 2 << 20
        // The limits of `FuzzTarget`: the file, a block packed and one unpacked, and what the codec takes.
        case .container: 4 * FuzzTarget.unpackedBytesMax + 16 << 20
        case .schema: 512 * count + 1 << 20
        }
    }
}

/// Who looks on: told before and after every call of a decoder.
struct FuzzWatch: Sendable {
    /// An input comes.
    var input: @Sendable ([UInt8]) -> Void
    /// A decoder is called.
    var begin: @Sendable () -> Void
    /// It has returned or thrown, for an input of so many bytes.
    var end: @Sendable (FuzzKind, Int) -> Void

    /// Nobody.
    static var none: FuzzWatch { FuzzWatch(input: { _ in }, begin: {}, end: { _, _ in }) }
}
