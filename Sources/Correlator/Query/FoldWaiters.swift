/// Who waits until the fold of one partition has passed a place.
struct FoldWaiters {
    typealias Callback = @Sendable (FoldedAnswer) -> Void

    struct Waiter {
        let deadline: Int64
        let callback: Callback
        /// What must be passed: next offsets by track; nil while the look at the ends is still to come.
        var goals: [(topic: String, position: Int64)]?
    }

    private var waiters: [Waiter] = []
    /// Those of `waiters` for whom a look must be begun, and those whose look is under way, come without goals.
    private(set) var unasked = 0

    var count: Int { waiters.count }
    var earliestDeadline: Int64? { waiters.lazy.map(\.deadline).min() }

    mutating func add(_ waiter: Waiter) {
        if waiter.goals == nil { unasked += 1 }
        waiters.append(waiter)
    }

    /// Takes out those who wait for the next look; they come back with goals (`add`) when it has been made.
    mutating func takeUnasked() -> [Waiter] {
        guard unasked > 0 else { return [] }
        unasked = 0
        let taken = waiters.filter { $0.goals == nil }
        waiters.removeAll { $0.goals == nil }
        return taken
    }

    /// Takes out those whose goals are passed.
    mutating func takePassed(_ position: (String) -> Int64?) -> [Callback] {
        guard !waiters.isEmpty else { return [] }
        var passed: [Callback] = []
        waiters.removeAll { waiter in
            guard let goals = waiter.goals, goals.allSatisfy({ (position($0.topic) ?? 0) >= $0.position }) else { return false }
            passed.append(waiter.callback)
            return true
        }
        return passed
    }

    /// Takes out those whose time is over.
    mutating func takeLate(now: Int64) -> [Callback] {
        var late: [Callback] = []
        waiters.removeAll { waiter in
            guard waiter.deadline <= now else { return false }
            if waiter.goals == nil { unasked -= 1 }
            late.append(waiter.callback)
            return true
        }
        return late
    }

    /// Takes out all.
    mutating func takeAll() -> [Callback] {
        defer {
            waiters = []
            unasked = 0
        }
        return waiters.map(\.callback)
    }
}
