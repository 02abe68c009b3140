/// A pattern of file names: `*` is any text, `?` one character. Linear in the name for each star, whatever the pattern.
struct NamePattern {
    let pattern: [Character]

    init(_ text: String) { pattern = Array(text) }

    func matches(_ name: some StringProtocol) -> Bool {
        let name = Array(name)
        var (place, index): (Int, Int) = (0, 0)
        var star: (place: Int, index: Int)?
        while index < name.count {
            if place < pattern.count && pattern[place] == "*" {
                star = (place, index)
                place += 1
            } else if place < pattern.count && (pattern[place] == "?" || pattern[place] == name[index]) {
                place += 1
                index += 1
            } else if let last = star {
                star = (last.place, last.index + 1)
                (place, index) = (last.place + 1, last.index + 1)
            } else {
                return false
            }
        }
        while place < pattern.count && pattern[place] == "*" { place += 1 }
        return place == pattern.count
    }
}
