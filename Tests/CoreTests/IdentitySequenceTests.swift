import Core
import TestSupport
import Testing

@Suite struct IdentitySequenceTests {
    @Test func idsStayInAPartitionThenMoveOnAndRise() {
        var sequence = IdentitySequence(partitionCount: 12, first: 11)
        var random = SplitMix64(seed: 7)
        var partitions: [Int32] = []
        var last = RequestID(high: 0, low: 0)
        for index in 0..<3 * IdentitySequence.runMax {
            let id = sequence.next(now: Timestamp(milliseconds: 1_795_570_314_123), using: &random)
            #expect(id.version == 7)
            if index < 0x0fff - 0x07ff { #expect(last < id, "id \(index)") }
            last = id
            let place = partition(of: id, count: 12)
            if partitions.last != place { partitions.append(place) }
        }
        #expect(partitions == [0, 1, 2])
    }

    @Test func timeMovesOnToo() {
        var sequence = IdentitySequence(partitionCount: 4)
        var random = SplitMix64(seed: 1)
        let places = (0..<4).map { step in
            partition(
                of: sequence.next(now: Timestamp(milliseconds: 1000 + Int64(step) * IdentitySequence.runMilliseconds), using: &random),
                count: 4)
        }
        #expect(places == [1, 2, 3, 0])
    }

    @Test func onePartitionIsEnough() {
        var sequence = IdentitySequence(partitionCount: 1)
        var random = SplitMix64(seed: 1)
        #expect(partition(of: sequence.next(now: Timestamp(milliseconds: 1), using: &random), count: 1) == 0)
    }
}
