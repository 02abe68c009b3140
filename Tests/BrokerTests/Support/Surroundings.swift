import Glibc

/// Where the tests run: the program beside them, the project's schemas, the environment.
enum Surroundings {
    /// The program that was built with the tests.
    static let rejoinder: String = {
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
        let me = String(decoding: buffer.prefix(max(count, 0)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let beside = folder(of: me) + "/rejoinder"
        if access(beside, X_OK) == 0 { return beside }
        return project + "/.build/debug/rejoinder"
    }()

    /// The folder of Package.swift.
    static let project = folder(of: folder(of: folder(of: folder(of: #filePath))))

    static func folder(of path: String) -> String { String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]) }

    static func variable(_ name: String) -> String? {
        guard let text = getenv(name).map({ String(cString: $0) }), !text.isEmpty else { return nil }
        return text
    }

    /// Ours, without what would set options of the program.
    static let environment: [String: String] = {
        var values: [String: String] = [:]
        var entry = environ
        while let text = entry.pointee {
            let parts = String(cString: text).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts[0])
            if parts.count == 2, !name.hasPrefix("KAFKA_BOOTSTRAP"), !name.hasPrefix("REJOINDER_") { values[name] = String(parts[1]) }
            entry += 1
        }
        return values
    }()
}
