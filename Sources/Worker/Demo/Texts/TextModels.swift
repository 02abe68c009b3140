/// The types of `schemas/texts.avpr`, as Swift sees them.
enum Texts {
    struct Request {
        let folder: String
        let pattern: String
        let topWords: Int
        let filesMax: Int
        let fileBytesMax: Int64
    }

    struct WordCount: Decodable, Equatable {
        let word: String
        let count: Int64

        init(_ word: WordIndex.Word) {
            self.word = word.text
            count = Int64(word.count)
        }
    }

    struct IndexedFile: Decodable {
        let path: String
        let bytes: Int64
        let words: Int64
        let distinct: Int64
        let top: [WordCount]
    }

    struct Index: Decodable {
        let files: Int64
        let skipped: Int64
        let bytes: Int64
        let words: Int64
        let distinct: Int64
        let top: [WordCount]
        let indexUrl: String?
    }

    /// The declared error.
    struct UnreadableFolder: DeclaredError {
        let folder: String
        let reason: String

        var message: String { "\(folder.isEmpty ? "the folder for files" : folder): \(reason)" }

        private enum CodingKeys: CodingKey {
            case folder
            case reason
        }
    }
}
