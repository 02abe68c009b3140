/// How far an attempt has come. Everything is optional.
public struct Progress: Sendable, Equatable {
    /// From 0 to 1.
    public var fraction: Double?
    /// For people.
    public var message: String
    /// So many of `total`, counted in `unit`.
    public var completed: Int64?
    public var total: Int64?
    public var unit: String

    public init(fraction: Double? = nil, message: String = "", completed: Int64? = nil, total: Int64? = nil, unit: String = "") {
        self.fraction = fraction
        self.message = message
        self.completed = completed
        self.total = total
        self.unit = unit
    }
}
