import Events

/// Reads the operations from a folder of `.avpr` files.
enum Catalogues {
    static func load(_ folder: String) throws -> Catalogue {
        let names = try Folders.names(in: folder, ending: ".avpr")
        guard !names.isEmpty else {
            throw Folders.Failure(description: "the folder \(folder) has no .avpr file, so there is no operation. Name the folder with the operations by --schemas.")
        }
        var files: [(name: String, text: String)] = []
        for name in names { files.append((name, String(decoding: try Folders.read("\(folder)/\(name)"), as: UTF8.self))) }
        return try Catalogue(files: files)
    }
}
