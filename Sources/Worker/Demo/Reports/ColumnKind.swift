/// What all values of a column are.
enum ColumnKind: String, Codable, Sendable {
    case empty = "EMPTY"
    case number = "NUMBER"
    case text = "TEXT"
}
