/// Counts words over many files in bounded memory: an open hash table whose keys lie in one arena.
///
/// A word is a run of ASCII letters, digits, apostrophes inside it, and of bytes above 127 (letters of other scripts in UTF-8); ASCII is
/// made lower-case. Once `wordsMax` different words were seen, new ones are only counted as `unindexed`.
struct WordIndex {
    struct Word: Equatable {
        let text: String
        let count: Int
        let files: Int
    }

    private struct Entry {
        var start: UInt32
        var length: UInt32
        var count: Int
        var countInFile: Int
        var files: Int32
        var file: Int32
    }

    /// That a word occurs in a file, and how often.
    struct Posting {
        let word: Int32
        let file: Int32
        let count: Int32
    }

    static let wordBytesMax = 64

    let wordsMax: Int
    let postingsMax: Int
    private var table: [Int32]
    private var entries: [Entry] = []
    private var arena: [UInt8] = []
    private var inFile: [Int32] = []
    private var file: Int32 = -1
    private var word: [UInt8] = []
    private var overlong = false
    private(set) var words = 0
    private(set) var wordsInFile = 0
    /// Occurrences of words that came when the index was full, and postings that were not kept.
    private(set) var unindexed = 0
    private var postings: [Posting] = []

    init(wordsMax: Int = 200_000, postingsMax: Int = 4_000_000) {
        self.wordsMax = wordsMax
        self.postingsMax = postingsMax
        table = [Int32](repeating: -1, count: 1 << 12)
        word.reserveCapacity(Self.wordBytesMax)
    }

    var distinct: Int { entries.count }
    var distinctInFile: Int { inFile.count }
    var files: Int { Int(file) + 1 }

    mutating func beginFile() {
        file += 1
        wordsInFile = 0
        inFile.removeAll(keepingCapacity: true)
    }

    /// The next bytes of the file; a word may go on in the next call.
    mutating func feed(_ bytes: UnsafeRawBufferPointer) {
        for byte in bytes {
            switch byte {
            case 0x61...0x7A, 0x30...0x39, 0x80...: append(byte)
            case 0x41...0x5A: append(byte | 0x20)
            case UInt8(ascii: "'") where !word.isEmpty: append(byte)
            default: if !word.isEmpty { endWord() }
            }
        }
    }

    mutating func endFile() {
        if !word.isEmpty { endWord() }
        for index in inFile {
            guard postings.count < postingsMax else {
                unindexed += 1
                continue
            }
            postings.append(Posting(word: index, file: file, count: Int32(clamping: entries[Int(index)].countInFile)))
        }
    }

    private mutating func append(_ byte: UInt8) {
        if word.count < Self.wordBytesMax { word.append(byte) } else { overlong = true }
    }

    private mutating func endWord() {
        defer {
            word.removeAll(keepingCapacity: true)
            overlong = false
        }
        while word.last == UInt8(ascii: "'") { word.removeLast() }
        // What is longer than a word can be is data (a key, a picture), not text.
        guard !word.isEmpty, !overlong else { return }
        words += 1
        wordsInFile += 1
        guard let index = find() else {
            unindexed += 1
            return
        }
        entries[index].count += 1
        if entries[index].file != file {
            entries[index].file = file
            entries[index].files += 1
            entries[index].countInFile = 0
            inFile.append(Int32(index))
        }
        entries[index].countInFile += 1
    }

    private mutating func find() -> Int? {
        if (entries.count + 1) * 2 > table.count { grow() }
        let hash = word.withUnsafeBytes { DistinctCounter.hash($0) }
        var slot = Int(truncatingIfNeeded: hash) & (table.count - 1)
        while table[slot] >= 0 {
            let entry = entries[Int(table[slot])]
            let (start, length) = (Int(entry.start), Int(entry.length))
            if length == word.count && arena[start..<start + length].elementsEqual(word) { return Int(table[slot]) }
            slot = (slot + 1) & (table.count - 1)
        }
        guard entries.count < wordsMax else { return nil }
        table[slot] = Int32(entries.count)
        entries.append(
            Entry(start: UInt32(arena.count), length: UInt32(word.count), count: 0, countInFile: 0, files: 0, file: -1))
        arena.append(contentsOf: word)
        return entries.count - 1
    }

    private mutating func grow() {
        let size = table.count * 2
        table = [Int32](repeating: -1, count: size)
        arena.withUnsafeBytes { arena in
            for (index, entry) in entries.enumerated() {
                let (start, length) = (Int(entry.start), Int(entry.length))
                let hash = DistinctCounter.hash(UnsafeRawBufferPointer(rebasing: arena[start..<start + length]))
                var slot = Int(truncatingIfNeeded: hash) & (size - 1)
                while table[slot] >= 0 { slot = (slot + 1) & (size - 1) }
                table[slot] = Int32(index)
            }
        }
    }

    /// The words of the file that was read last, most frequent first.
    func topInFile(_ limit: Int) -> [Word] {
        top(inFile.map(Int.init), limit) { $0.countInFile }
    }

    /// The words of all files, most frequent first.
    func top(_ limit: Int) -> [Word] {
        top(Array(entries.indices), limit) { $0.count }
    }

    /// Every word in alphabetical order (of its bytes) with the files in which it occurs, by their numbers from 0.
    func forEachWord(_ body: (_ word: String, _ postings: ArraySlice<Posting>) throws -> Void) rethrows {
        var rank = [Int32](repeating: 0, count: entries.count)
        let sorted = entries.indices.sorted { arenaSlice(entries[$0]).lexicographicallyPrecedes(arenaSlice(entries[$1])) }
        for (place, index) in sorted.enumerated() { rank[index] = Int32(place) }
        let ordered = postings.sorted { (rank[Int($0.word)], $0.file) < (rank[Int($1.word)], $1.file) }
        var start = 0
        while start < ordered.count {
            var end = start + 1
            while end < ordered.count && ordered[end].word == ordered[start].word { end += 1 }
            try body(text(entries[Int(ordered[start].word)]), ordered[start..<end])
            start = end
        }
    }

    private func arenaSlice(_ entry: Entry) -> ArraySlice<UInt8> { arena[Int(entry.start)..<Int(entry.start + entry.length)] }

    private func top(_ indices: [Int], _ limit: Int, by count: (Entry) -> Int) -> [Word] {
        let order = indices.sorted { left, right in
            let (first, second) = (entries[left], entries[right])
            if count(first) != count(second) { return count(first) > count(second) }
            return text(first) < text(second)
        }
        return order.prefix(limit).map { Word(text: text(entries[$0]), count: count(entries[$0]), files: Int(entries[$0].files)) }
    }

    private func text(_ entry: Entry) -> String {
        String(decoding: arenaSlice(entry), as: UTF8.self)
    }
}
