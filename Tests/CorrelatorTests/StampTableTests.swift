import Core
@testable import Correlator
import TestSupport
import Testing

@Suite("The table of stamps")
struct StampTableTests {
    static func stamp(_ version: Int64) -> JobStamp {
        JobStamp(
            version: version, late: 0, sequences: version, kept: 0, newestRecordAt: Timestamp(milliseconds: 0), lastRecordOffset: 0,
            seenAttempt: 1)
    }

    @Test("it holds what a dictionary holds, through growth and removals", arguments: 0..<8 as Range<UInt64>)
    func asADictionary(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var table = StampTable()
        var known: [RequestID: Int64] = [:]
        // Few ids, so that many are put twice and removed; the id of zeros is one of them.
        let ids = (0..<2_000).map { RequestID(high: UInt64($0) << 16, low: UInt64($0 % 3)) }
        for _ in 0..<20_000 {
            let id = ids[Int(random.next() % UInt64(ids.count))]
            if random.next() % 3 == 0 {
                table.remove(id)
                known[id] = nil
            } else {
                let version = Int64(random.next() % 5)
                table.insert(id, Self.stamp(version))
                known[id] = version
            }
        }
        #expect(table.count == known.count)
        for id in ids {
            #expect(table.contains(id) == (known[id] != nil))
            for version in 0..<5 as Range<Int64> { #expect(table.holds(id, Self.stamp(version)) == (known[id] == version)) }
        }
    }
}
