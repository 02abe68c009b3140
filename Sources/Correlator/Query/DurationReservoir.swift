/// The last durations of one operation, for `Retry-After` and `explain`: a ring, so that a slow day is forgotten.
struct DurationReservoir {
    static let samplesMax = 256
    private var ring: [Int64] = []
    private var next = 0

    mutating func add(milliseconds: Int64) {
        if ring.count < Self.samplesMax {
            ring.append(milliseconds)
        } else {
            ring[next] = milliseconds
            next = (next + 1) % Self.samplesMax
        }
    }

    /// The duration that `share` (0…1) of the samples do not exceed; nil without a sample.
    func quantile(_ share: Double) -> Int64? {
        guard !ring.isEmpty else { return nil }
        let sorted = ring.sorted()
        return sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
    }

    var count: Int { ring.count }
}
