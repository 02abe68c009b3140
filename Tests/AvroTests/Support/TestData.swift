import FoundationEssentials

/// The golden files from other implementations: `../shared/testdata` beside the package, or `$REJOINDER_TESTDATA`.
enum TestData {
    static let folder: String? = {
        let root = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        let given = ProcessInfo.processInfo.environment["REJOINDER_TESTDATA"]
        let folder = given ?? "/\(root)/../shared/testdata"
        return FileManager.default.fileExists(atPath: folder + "/avro") ? folder : nil
    }()

    /// Whether the folder is there; tests that need it are skipped with this message.
    static var isPresent: Bool { folder != nil }
    static let missing = "the golden files are not there: put them at ../shared/testdata or set REJOINDER_TESTDATA"

    static func bytes(_ path: String) throws -> [UInt8] {
        try Array(Data(contentsOf: URL(filePath: (folder ?? "") + "/avro/" + path)))
    }

    static func text(_ path: String) throws -> String { String(decoding: try bytes(path), as: UTF8.self) }
}
