public import Core

/// Records of one id as no sane system would write them: twins, republications, takes of any attempt, decisions on any attempt, duplicates.
public struct RandomHistory: Sendable {
    public var requests: [(offset: Int64, record: RequestRecord)] = []
    public var events: [EventRecord] = []

    public init(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for offset in 0..<random.within(1...5) {
            let payload = random.chance(0.7) ? Story.body : Story.otherBody
            let notBefore = random.chance(0.1) ? Timestamp(milliseconds: 50) : nil
            let record = RequestRecord(
                id: Story.id, operation: "demo.echo", createdAt: Timestamp(milliseconds: 1), attempt: random.pick([1, 1, 1, 2, 3]),
                notBefore: notBefore, payload: payload)
            requests.append((Int64(offset * 3), record))
        }
        var sequences: [String: Int64] = [:]
        for time in 0..<random.within(1...40) {
            if random.chance(0.1), let again = events.randomElement(using: &random) {
                events.append(again)
                continue
            }
            let source = random.pick(["a/1", "a/2", "b/1", "c/1", "correlator/x", "correlator/y", "commands-0"])
            sequences[source, default: 0] += Int64(random.pick([1, 1, 1, 2, 5]))
            events.append(
                EventRecord(
                    id: Story.id, attempt: random.pick([0, 1, 1, 1, 2, 2, 3, 4, -1, Int(Int32.max)]), source: source,
                    sequence: sequences[source] ?? 0, time: Timestamp(milliseconds: Int64(time)),
                    event: Self.event(&random)))
        }
    }

    private static func event(_ random: inout SplitMix64) -> Event {
        switch random.below(24) {
        case 0...6: .started(offset: random.pick([-1, 0, 3, 3, 6, 9, 12]), worker: random.pick(["", "a", "b"]))
        case 7: .progress(Progress(fraction: random.unit()))
        case 8: .part(index: random.pick([-1, 0, 1, Int(Int32.max)]), payload: Story.answer)
        case 9: .checkpoint(Checkpoint(step: random.pick(["", "s"]), value: [UInt8(random.below(256))]))
        case 10: .waiting(Waiting(name: random.pick(["p", "q"])))
        case 11: .released(reason: "")
        case 12: .completed(payload: Story.answer)
        case 13: .failed(Failure(code: "no", message: ""))
        case 14, 15: .failed(Failure(code: "again", message: "", retryable: true))
        case 16: .cancelled(reason: "r")
        case 17: .signalled(Signal(name: random.pick(["p", "q"])))
        case 18: .cancelRequested(by: "", reason: "")
        case 19: .retryScheduled(attempt: 2, at: Timestamp(milliseconds: random.pick([.min, 0, .max])), reason: "")
        case 20: .leaseExpired(take: random.pick(["a/1", "a/2", "b/1"]), worker: "", lastSeen: Timestamp(milliseconds: 0))
        case 21: .expired(reason: "e")
        case 22: .deadLettered(reason: "d", failures: 1, losses: 1)
        default: .reopened(by: "", payload: random.chance(0.5) ? Story.otherBody : nil)
        }
    }

    /// Folds all, the topics interleaved by chance; `bias` is how often `.requests` goes first. `each` sees the job after each record.
    public func folded(seed: UInt64, bias: Double, twice: Bool = false, each: (Job, Change) -> Void = { _, _ in }) -> Job {
        var random = SplitMix64(seed: seed)
        var job = Job(id: Story.id)
        var (request, event) = (0, 0)
        while request < requests.count || event < events.count {
            if event == events.count || request < requests.count && random.chance(bias) {
                for _ in 0..<(twice ? 2 : 1) {
                    let (offset, record) = requests[request]
                    let change = job.fold(request: record, offset: offset, appendedAt: Timestamp(milliseconds: offset))
                    each(job, change)
                }
                request += 1
            } else {
                for _ in 0..<(twice ? 2 : 1) {
                    let change = job.fold(event: events[event])
                    each(job, change)
                }
                event += 1
            }
        }
        return job
    }
}
