import Core
import Glibc
import Telemetry

/// `texts.index`: a word index of the text files of a folder and of those below it, a part for each file, the whole index as a file.
public struct IndexHandler: Handler {
    static let indexName = "index.json"
    static let topWordsMax = 1_000
    static let topWordsInFile = 10

    let folders: AllowedFolders

    /// Reads below `folders`; leaves the index in the first one.
    public init(_ folders: AllowedFolders) { self.folders = folders }

    public func run(_ work: Work, _ context: Context) async throws -> Answer {
        let request = try Texts.Request(work.payload)
        let id = work.id
        return try await OwnThread.blocking("index") { try index(request, id, context) }.answer
    }

    private func index(_ request: Texts.Request, _ id: RequestID, _ context: Context) throws -> Texts.Index {
        guard let folder = folders.resolve(request.folder.isEmpty ? "." : request.folder), Self.isFolder(folder) else {
            throw Texts.UnreadableFolder(folder: request.folder, reason: "there is no such folder below the folder for files")
        }
        var walk = FolderWalk(allowed: folders, results: folders.results)
        walk.walk(folder)
        let pattern = NamePattern(request.pattern)
        let found = walk.entries.filter { pattern.matches($0.name.split(separator: "/").last ?? "") }
        let files = found.prefix(max(request.filesMax, 0))
        var words = WordIndex()
        var names: [String] = []
        var (bytes, skipped) = (Int64(0), Int64(found.count - files.count + walk.leftOut))
        for (number, file) in files.enumerated() {
            guard !context.isStopped else { throw CancellationError() }
            context.progress(
                Double(number) / Double(files.count), message: file.name, completed: Int64(number), total: Int64(files.count), unit: "files"
            )
            guard let size = Self.read(file.path, bytesMax: request.fileBytesMax, into: &words) else {
                skipped += 1
                continue
            }
            bytes += Int64(size)
            names.append(file.name)
            try context.part(
                Texts.IndexedFile(
                    path: file.name, bytes: Int64(size), words: Int64(words.wordsInFile), distinct: Int64(words.distinctInFile),
                    top: words.topInFile(Self.topWordsInFile).map { Texts.WordCount($0) }
                ).answer)
        }
        context.progress(1, message: "indexed", completed: Int64(files.count), total: Int64(files.count), unit: "files")
        return Texts.Index(
            files: Int64(names.count), skipped: skipped, bytes: bytes, words: Int64(words.words), distinct: Int64(words.distinct),
            top: words.top(min(max(request.topWords, 0), Self.topWordsMax)).map { Texts.WordCount($0) },
            indexUrl: try write(words, names, id))
    }

    private static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// Reads one file into the index; nil when it is too large, cannot be read, or holds a zero byte near its start (it is no text then).
    private static func read(_ path: String, bytesMax: Int64, into words: inout WordIndex) -> Int? {
        guard let file = try? FileReader(path), file.size <= bytesMax else { return nil }
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        var size = 0
        while true {
            let count = buffer.withUnsafeMutableBytes { (try? file.read(into: $0)) ?? -1 }
            if size == 0 {
                guard count >= 0, !buffer[..<count].prefix(4_096).contains(0) else { return nil }
                words.beginFile()
            }
            guard count > 0 else { break }
            buffer[..<count].withUnsafeBytes { words.feed($0) }
            size += count
            // It grew while it was read.
            if Int64(size) > bytesMax { break }
        }
        words.endFile()
        return size
    }

    /// `{"files":[name…],"words":{word:[[file,count]…]…}}`, files by their place in the list.
    private func write(_ words: WordIndex, _ names: [String], _ id: RequestID) throws -> String? {
        guard let folder = ResultFolder(of: id, in: folders) else { return nil }
        try folder.write(Self.indexName) { write in
            try write("{\"files\":[" + names.map { JSONLine.quoted($0) }.joined(separator: ",") + "],\n\"words\":{")
            var isFirst = true
            try words.forEachWord { word, postings in
                let places = postings.map { "[\($0.file),\($0.count)]" }.joined(separator: ",")
                try write((isFirst ? "\n" : ",\n") + JSONLine.quoted(word) + ":[" + places + "]")
                isFirst = false
            }
            try write("\n}}\n")
        }
        return folder.url(Self.indexName)
    }
}
