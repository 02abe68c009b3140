/// Where an acknowledged request lies in the log: `Location: /status/{id}?seen=<operation>:<partition>:<offset>`.
/// Whoever reads at this place waits until the fold has passed it, on any node.
struct Place: Equatable, Sendable {
    let operation: String
    let partition: Int32
    let offset: Int64

    init(operation: String, partition: Int32, offset: Int64) {
        self.operation = operation
        self.partition = partition
        self.offset = offset
    }

    init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, !parts[0].isEmpty, let partition = Int32(parts[1]), partition >= 0, let offset = Int64(parts[2]),
            offset >= 0
        else {
            return nil
        }
        self.init(operation: String(parts[0]), partition: partition, offset: offset)
    }

    var text: String { "\(operation):\(partition):\(offset)" }
}
