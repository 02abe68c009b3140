import Core
import Correlator
import Events
import Testing

@Suite("Starts, restarts and takeovers", .timeLimit(.minutes(4)))
struct NodesTests {
    /// Some jobs in every state that lasts.
    private func jobs(_ site: Site, _ count: Int) async throws -> [RequestID] {
        var ids: [RequestID] = []
        for index in 0..<count {
            let id = Site.id()
            ids.append(id)
            let offset = try await site.send(site.request(id, text: "job \(index)"))
            if index % 3 == 0 { continue }
            try await site.send(id, take: "w/\(index)", 1, .started(offset: offset, worker: "w"))
            if index % 3 == 1 { continue }
            try await site.send(
                id, take: "w/\(index)", 2, .completed(payload: Payload(schema: site.responseSchema, bytes: Site.text("\(index)"))))
        }
        return ids
    }

    private func snapshot(_ ids: [RequestID], _ correlator: Correlator) -> [Job?] {
        ids.map { id in if case .job(let job) = correlator.lookup(id) { job } else { nil } }
    }

    @Test("the store goes on where it was; a rebuild gives the same jobs, and writes nothing")
    func restartAndRebuild() async throws {
        let site = try await Site()
        let first = try site.correlator()
        try await first.start()
        try await site.ready(first, owning: 2)
        let ids = try await jobs(site, 30)
        for partition in [Int32(0), 1] { #expect(await folded(first, .end(partition: partition)) == .passed) }
        let before = snapshot(ids, first)
        #expect(before.allSatisfy { $0 != nil })
        #expect(await first.stop(within: .seconds(5)))

        let second = try site.correlator()
        try await second.start()
        try await site.ready(second, owning: 2)
        #expect(snapshot(ids, second) == before)
        let more = try await jobs(site, 6)
        for partition in [Int32(0), 1] { #expect(await folded(second, .end(partition: partition)) == .passed) }
        let after = snapshot(ids + more, second)
        await second.stop(within: .seconds(5))

        let requests = try [0, 1].map { try site.requests($0).count }
        let third = try site.correlator { $0.rebuild = true }
        try await third.start()
        try await site.ready(third, owning: 2)
        #expect(snapshot(ids + more, third) == after)
        await third.stop(within: .seconds(5))
        #expect(try [0, 1].map { try site.requests($0).count } == requests)
        await site.end()
    }

    @Test("a second node takes half; when the first one leaves it takes the rest; each answers for its own and names the other")
    func takeover() async throws {
        let site = try await Site()
        let first = try site.correlator(node: "a")
        try await first.start()
        try await site.ready(first, owning: 2)
        let ids = try await jobs(site, 12)
        let second = try site.correlator(node: "b")
        try await second.start()
        try await site.ready(second, owning: 1)
        try await eventually { first.readiness.ready.count == 1 && second.readiness.ready.count == 1 }
        for id in ids {
            let (own, other, address) = if case .here = first.owner(of: id) { (first, second, "a:1") } else { (second, first, "b:1") }
            if case .job = own.lookup(id) {} else { Issue.record("\(id) is not with its owner: \(own.lookup(id))") }
            try await eventually {
                guard case .elsewhere(let named) = other.lookup(id) else { return false }
                #expect(named == address)
                return true
            }
        }
        await first.stop(within: .seconds(5))
        try await site.ready(second, owning: 2)
        #expect(snapshot(ids, second).allSatisfy { $0 != nil })
        await second.stop(within: .seconds(5))
        // The first one's store is of no use any more: another node owned its partitions since. It folds anew and has the same jobs.
        let again = try site.correlator(node: "a")
        try await again.start()
        try await site.ready(again, owning: 2)
        #expect(snapshot(ids, again).allSatisfy { $0 != nil })
        await again.stop(within: .seconds(5))
        await site.end()
    }
}
