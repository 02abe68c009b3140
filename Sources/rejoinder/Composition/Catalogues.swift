import Events

/// Reads the operations from a folder of `.avpr` files.
enum Catalogues {
    static func load(_ folder: String) throws -> Catalogue {
        let names = try Folders.names(in: folder, ending: ".avpr")
        guard !names.isEmpty else {
            throw Folders.Failure(
                description:
                    "the folder \(folder) has no .avpr file, so there is no operation. Name the folder with the operations by --schemas.")
        }
        var files: [(name: String, text: String)] = []
        for name in names { files.append((name, try text("\(folder)/\(name)"))) }
        return try Catalogue(files: files)
    }

    /// A file as text.
    static func text(_ path: String) throws -> String { String(decoding: try Folders.read(path), as: UTF8.self) }
}
