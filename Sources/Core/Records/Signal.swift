/// Input sent to a running job.
public struct Signal: Sendable, Equatable {
    public var name: String
    /// Who sent it; not carried by the command `Deliver`.
    public var by: String
    /// JSON.
    public var value: [UInt8]

    public init(name: String, by: String = "", value: [UInt8] = []) {
        self.name = name
        self.by = by
        self.value = value
    }
}
