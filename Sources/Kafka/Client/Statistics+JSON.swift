internal import FoundationEssentials

extension Statistics {
    /// Reads the library's document; nil where it is not one.
    init?(json: UnsafeRawBufferPointer) {
        guard let statistics = try? JSONDecoder().decode(Self.self, from: Data(json)) else { return nil }
        self = statistics
    }
}
