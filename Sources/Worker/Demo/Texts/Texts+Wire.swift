import Avro

extension Texts.Request {
    /// Reads the Avro bytes of a request.
    init(_ payload: [UInt8]) throws(HandlerFailure) {
        let source = payload.span.bytes
        let wire = try TextsWire.IndexRequest.request(source)
        self.init(
            folder: wire.folder.string(in: source), pattern: wire.pattern.string(in: source), topWords: Int(wire.topWords),
            filesMax: Int(wire.filesMax), fileBytesMax: wire.fileBytesMax)
    }
}

extension Texts.IndexedFile {
    /// The file as a partial result.
    var answer: Answer {
        var arena = AvroWriter()
        let words = Texts.WordCount.wire(top, &arena)
        let file = TextsWire.IndexedFile(path: arena.add(path), bytes: bytes, words: self.words, distinct: distinct, top: words)
        return file.answer(arena)
    }
}

extension Texts.Index {
    /// The index as the job's result.
    var answer: Answer {
        var arena = AvroWriter(capacity: 4_096)
        let index = TextsWire.Index(
            files: files, skipped: skipped, bytes: bytes, words: words, distinct: distinct, top: Texts.WordCount.wire(top, &arena),
            indexUrl: indexUrl.map { arena.add($0) })
        return index.answer(arena)
    }
}

extension Texts.WordCount {
    fileprivate static func wire(_ words: [Texts.WordCount], _ arena: inout AvroWriter) -> AvroArray<TextsWire.WordCount> {
        var counts: [TextsWire.WordCount] = []
        for word in words { counts.append(TextsWire.WordCount(word: arena.add(word.word), count: word.count)) }
        return arena.add(counts)
    }
}
