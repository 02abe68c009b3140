/// What is wrong with a CSV, and on which line (counted from 1, as an editor counts them).
struct CSVFault: Error, Equatable {
    let line: Int
    let detail: String
}
