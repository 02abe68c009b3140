import Testing

@testable import Worker

@Suite struct TakingTests {
    @Test func onlyASettledBeginningIsCommitted() {
        var tracker = CommitTracker()
        let tickets = (10..<15).map { tracker.take(Int64($0)) }
        tracker.settle(tickets[1])
        tracker.settle(tickets[3])
        #expect(tracker.advance() == nil)
        tracker.settle(tickets[0])
        #expect(tracker.advance() == 12)
        #expect(tracker.advance() == nil)
        tracker.settle(tickets[2])
        tracker.settle(tickets[2])
        #expect(tracker.advance() == 14)
        #expect(tracker.outstanding == 1)
        tracker.settle(tickets[4])
        #expect(tracker.advance() == 15)
        #expect(tracker.outstanding == 0)
    }

    @Test("random orders of settling, with gaps in the offsets", arguments: UInt64(0)..<10) func anyOrder(seed: UInt64) {
        var random = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        func next(_ bound: Int) -> Int {
            random ^= random << 13
            random ^= random >> 7
            random ^= random << 17
            return Int(random % UInt64(bound))
        }
        var tracker = CommitTracker()
        var open: [(ticket: Int, offset: Int64)] = []
        var offset: Int64 = 100
        for _ in 0..<2_000 {
            if open.isEmpty || next(3) > 0 && open.count < 300 {
                offset += Int64(1 + next(3))
                open.append((tracker.take(offset), offset))
            } else {
                tracker.settle(open.remove(at: next(min(open.count, 50))).ticket)
            }
            let lowest = open.map(\.offset).min() ?? offset + 1
            if let position = tracker.position { #expect(position <= lowest, "seed \(seed)") }
            #expect(tracker.outstanding >= open.count)
        }
        for entry in open { tracker.settle(entry.ticket) }
        #expect(tracker.position == offset + 1)
        #expect(tracker.outstanding == 0)
    }

    @Test func partitionsTakeTurns() {
        var queue = FairQueue<String>()
        for index in 0..<5 { queue.append("a\(index)", partition: 0) }
        queue.append("b0", partition: 1)
        queue.append("c0", partition: 2)
        queue.append("c1", partition: 2)
        var order: [String] = []
        while let element = queue.next() { order.append(element) }
        #expect(order == ["a0", "b0", "c0", "a1", "c1", "a2", "a3", "a4"])
        #expect(queue.isEmpty)
    }

    @Test func aPartitionThatIsTakenAwayIsForgotten() {
        var queue = FairQueue<Int>()
        for index in 0..<6 { queue.append(index, partition: Int32(index % 3)) }
        #expect(queue.next() == 0)
        #expect(queue.remove(1) == 2)
        #expect(queue.remove(1) == 0)
        #expect(queue.count == 3)
        #expect(queue.partitions(above: 1) == [2])
        #expect([queue.next(), queue.next(), queue.next(), queue.next()] == [2, 3, 5, nil])
    }

    @Test func progressIsCoalescedAndTheLastIsKept() {
        var gate = ProgressGate<Int>(interval: .milliseconds(100))
        let start = ContinuousClock.now
        #expect(gate.offer(1, now: start) == 1)
        #expect(gate.offer(2, now: start + .milliseconds(10)) == nil)
        #expect(gate.offer(3, now: start + .milliseconds(20)) == nil)
        #expect(gate.due(now: start + .milliseconds(99)) == nil)
        #expect(gate.due(now: start + .milliseconds(100)) == 3)
        #expect(gate.due(now: start + .milliseconds(300)) == nil)
        #expect(gate.offer(4, now: start + .milliseconds(150)) == nil)
        #expect(gate.flush() == 4)
        #expect(gate.flush() == nil)
        #expect(gate.offer(5, now: start + .milliseconds(250)) == 5)
    }
}
