/// Makes rising UUIDv7 ids that stay in one partition for a while before they move on to the next.
///
/// A request's partition is the hash of its id, and a producer sends one batch a partition: with ids spread at random every batch is small,
/// and the broker is busy with requests instead of records. An id has 74 random bits, so whoever makes it can choose where it lies, at the cost
/// of a few hashes. The idea is that of Kafka's sticky partitioner (KIP-480), for keyed records.
public struct IdentitySequence: Sendable {
    /// Ids in a row in one partition.
    public static let runMax = 256
    /// Milliseconds after which the partition changes even so.
    public static let runMilliseconds: Int64 = 5

    private let partitionCount: Int
    private var partition: Int32
    private var left = 0
    private var began: Int64 = 0
    private var last = RequestID(high: 0, low: 0)

    /// - Parameters:
    ///   - partitionCount: of every topic of the prefix.
    ///   - first: the partition that comes before the first one; makers of one prefix begin at random ones.
    public init(partitionCount: Int, first: Int32 = 0) {
        self.partitionCount = max(1, partitionCount)
        partition = first % Int32(max(1, partitionCount))
    }

    /// The next id. Ids of one sequence rise as long as the clock does.
    public mutating func next(now: Timestamp, using generator: inout some RandomNumberGenerator) -> RequestID {
        if left == 0 || now.milliseconds - began >= Self.runMilliseconds || now.milliseconds < began {
            partition = (partition + 1) % Int32(partitionCount)
            left = Self.runMax
            began = now.milliseconds
        }
        left -= 1
        // The top bits count within a millisecond, so that ids rise; the rest is drawn, then counted up until the hash fits.
        let isSame = last.high >> 16 == UInt64(truncatingIfNeeded: now.milliseconds)
        let counter = isSame ? min((last.high & 0x0fff) + 1, 0x0fff) : generator.next() & 0x07ff
        let base = generator.next()
        var id = RequestID.v7(milliseconds: now.milliseconds, random: (counter, base))
        var tries: UInt64 = 0
        while Core.partition(of: id, count: partitionCount) != partition, tries < UInt64(partitionCount * 16) {
            tries += 1
            // one draw an id: the generator may be a system call
            id = RequestID.v7(milliseconds: now.milliseconds, random: (counter, base &+ tries))
        }
        last = id
        return id
    }
}
