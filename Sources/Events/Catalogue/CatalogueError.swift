/// What is wrong with a folder of protocols: every fault, each with its file and place.
public struct CatalogueError: Error, Sendable, Hashable, CustomStringConvertible {
    /// One fault.
    public struct Fault: Sendable, Hashable, CustomStringConvertible {
        /// The file as it was named to the catalogue.
        public let file: String
        /// JSON pointer into the file; empty for the whole.
        public let place: String
        /// What is wrong, and what to do.
        public let detail: String

        /// A fault.
        public init(file: String, place: String, detail: String) {
            self.file = file
            self.place = place
            self.detail = detail
        }

        /// `file, at /place: detail`
        public var description: String { place.isEmpty ? "\(file): \(detail)" : "\(file), at \(place): \(detail)" }
    }

    /// Every fault, in the order of files.
    public let faults: [Fault]

    /// An error of at least one fault.
    public init(faults: [Fault]) { self.faults = faults }

    /// One line a fault.
    public var description: String { faults.map(\.description).joined(separator: "\n") }
}
