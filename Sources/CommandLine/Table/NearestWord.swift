/// The word that was perhaps meant: the nearest by edit distance, when it is near enough.
enum NearestWord {
    static func among(_ words: [String], to given: String) -> String? {
        words.map { ($0, distance(given, $0)) }.filter { $0.1 <= max(1, $0.0.count / 3) }.min { $0.1 < $1.1 }?.0
    }

    /// Levenshtein's distance, by one row of its table at a time.
    static func distance(_ left: String, _ right: String) -> Int {
        let right = Array(right)
        var row = Array(0...right.count)
        for (index, character) in left.enumerated() {
            var before = index + 1
            var diagonal = index
            for (column, other) in right.enumerated() {
                let value = min(row[column + 1] + 1, before + 1, diagonal + (character == other ? 0 : 1))
                diagonal = row[column + 1]
                row[column] = before
                before = value
            }
            row[right.count] = before
        }
        return row[right.count]
    }
}
