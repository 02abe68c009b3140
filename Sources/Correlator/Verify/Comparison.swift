internal import Core
internal import Events
internal import Store

/// Walks over the jobs of two stores in the order of their ids.
struct Comparison {
    let stored: JobTables
    let fresh: JobTables
    let partition: Int32
    let names: TopicNames
    /// The first offsets that the logs have.
    let begins: [String: Int64]

    private static let pieceMax = 2_000

    /// One side of the walk: a piece at a time.
    private struct Side {
        let tables: JobTables
        let partition: Int32
        private var piece: ArraySlice<Job> = []
        private var next: RequestID? = RequestID(high: 0, low: 0)

        init(_ tables: JobTables, _ partition: Int32) {
            self.tables = tables
            self.partition = partition
        }

        mutating func first() -> Job? {
            while piece.isEmpty, let from = next {
                var jobs: [Job] = []
                let isMore = tables.jobs(partition, from: from, limit: Comparison.pieceMax) { jobs.append($0) }
                next = isMore ? jobs.last?.id.successor : nil
                piece = jobs[...]
            }
            return piece.first
        }

        mutating func drop() { piece.removeFirst() }
    }

    mutating func run(_ report: inout VerificationReport) {
        var left = Side(stored, partition)
        var right = Side(fresh, partition)
        while true {
            let (mine, theirs) = (left.first(), right.first())
            guard mine != nil || theirs != nil else { return }
            if let mine, theirs.map({ mine.id < $0.id }) ?? true {
                left.drop()
                note(mine.id, mine, nil, &report)
            } else if let theirs, mine.map({ theirs.id < $0.id }) ?? true {
                right.drop()
                note(theirs.id, nil, theirs, &report)
            } else if let mine, let theirs {
                left.drop()
                right.drop()
                report.compared += 1
                if mine != theirs { note(mine.id, mine, theirs, &report) }
            }
        }
    }

    private func note(_ id: RequestID, _ mine: Job?, _ theirs: Job?, _ report: inout VerificationReport) {
        if mine == nil, stored.purgedUntil(partition, id) != nil { return }
        if isUncheckable(id, mine ?? theirs) {
            report.uncheckableCount += 1
            if report.uncheckable.count < Verifier.differencesMax { report.uncheckable.append(id) }
            return
        }
        report.differenceCount += 1
        guard report.differences.count < Verifier.differencesMax else { return }
        report.differences.append(
            VerificationReport.Difference(id: id, stored: mine, folded: theirs, detail: Self.detail(mine, theirs)))
    }

    /// Whether records of the job lie before the log's first offset.
    private func isUncheckable(_ id: RequestID, _ job: Job?) -> Bool {
        guard let job, !job.operation.isEmpty else { return false }
        let requests = begins[names.requests(job.operation)] ?? 0
        let responses = begins[names.responses(job.operation)] ?? 0
        if let facts = job.facts, facts.offset < requests { return true }
        return stored.history(partition, id).contains { $0.offset < ($0.track == .requests ? requests : responses) }
    }

    private static func detail(_ mine: Job?, _ theirs: Job?) -> String {
        guard let mine else { return "the topics have it, the store does not" }
        guard let theirs else { return "the store has it, the topics do not" }
        var parts: [String] = []
        func compare<Value: Equatable>(_ name: String, _ value: (Job) -> Value) {
            let (left, right) = (value(mine), value(theirs))
            if left != right { parts.append("\(name): stored \(left), folded \(right)") }
        }
        compare("status") { $0.status.name }
        compare("version") { $0.version }
        compare("attempt") { $0.attempt }
        compare("worker") { $0.worker }
        compare("phase") { "\($0.phase)" }
        compare("parts") { $0.parts }
        compare("failures") { $0.failures }
        compare("losses") { $0.losses }
        compare("late events") { $0.late }
        compare("kept events") { $0.kept.count }
        compare("attempts seen") { $0.seenAttempt }
        if mine.result != theirs.result { parts.append("result") }
        if mine.failure != theirs.failure { parts.append("error") }
        if mine.facts != theirs.facts { parts.append("facts") }
        if mine.sources != theirs.sources { parts.append("sources") }
        return parts.isEmpty ? "inner state" : parts.joined(separator: "; ")
    }
}
