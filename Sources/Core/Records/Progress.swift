/// How far a handler has come.
public struct Progress: Sendable, Equatable {
    /// 0 to 1.
    public var fraction: Double?
    public var message: String
    public var completed: Int64?
    public var total: Int64?
    /// What `completed` and `total` count, "rows" for instance.
    public var unit: String

    public init(fraction: Double? = nil, message: String = "", completed: Int64? = nil, total: Int64? = nil, unit: String = "") {
        self.fraction = fraction
        self.message = message
        self.completed = completed
        self.total = total
        self.unit = unit
    }
}
