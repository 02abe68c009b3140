import Core
import Testing

@testable import Worker

@Suite struct StartMemoryTests {
    @Test func theFirstOffsetOfAPairIsRemembered() {
        var memory = StartMemory(capacity: 10)
        let id = RequestID(high: 1, low: 2)
        #expect(memory.start(id, attempt: 1, partition: 0, offset: 5) == nil)
        #expect(memory.start(id, attempt: 1, partition: 0, offset: 9) == 5)
        #expect(memory.start(id, attempt: 1, partition: 0, offset: 5) == 5)
        #expect(memory.start(id, attempt: 2, partition: 0, offset: 9) == nil)
        #expect(memory.start(id, attempt: 1, partition: 1, offset: 9) == nil)
    }

    @Test("against a dictionary, over many times its bound", arguments: [1, 7, 100, 1_000]) func bounded(capacity: Int) {
        var memory = StartMemory(capacity: capacity)
        for number in 0..<UInt64(capacity * 5 + 50) {
            let id = RequestID(high: number / 3, low: number)
            #expect(memory.start(id, attempt: 1, partition: 0, offset: Int64(number)) == nil)
            #expect(memory.count <= capacity)
            // All of the last `capacity` are known, with their offsets.
            let oldest = number + 1 > UInt64(capacity) ? number + 1 - UInt64(capacity) : 0
            for known in [oldest, (oldest + number) / 2, number] {
                #expect(memory.start(RequestID(high: known / 3, low: known), attempt: 1, partition: 0, offset: -1) == Int64(known))
            }
        }
    }
}
