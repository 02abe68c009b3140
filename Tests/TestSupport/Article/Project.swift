public import FoundationEssentials

/// The project's folder, as it was when the tests were built.
public enum Project {
    /// Where `Package.swift` lies.
    public static let root = (0..<4).reduce(URL(filePath: #filePath)) { url, _ in url.deletingLastPathComponent() }

    /// A text file, by its path from the root.
    public static func text(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: root.appending(path: path)), as: UTF8.self)
    }
}
