internal import Core

/// Who wants to hear of which job.
struct ObserverTable {
    /// Gets each later state; nil: the partition is no longer this node's.
    typealias Callback = @Sendable (Job?) -> Void

    private var observers: [RequestID: [(number: UInt64, callback: Callback)]] = [:]
    private var last: UInt64 = 0
    private(set) var count = 0

    var isEmpty: Bool { observers.isEmpty }

    mutating func add(_ id: RequestID, _ callback: @escaping Callback) -> Observation {
        last += 1
        count += 1
        observers[id, default: []].append((last, callback))
        return Observation(id: id, number: last)
    }

    /// False when it was not there (any more).
    mutating func remove(_ observation: Observation) -> Bool {
        guard let index = observers[observation.id]?.firstIndex(where: { $0.number == observation.number }) else { return false }
        observers[observation.id]?.remove(at: index)
        if observers[observation.id]?.isEmpty == true { observers[observation.id] = nil }
        count -= 1
        return true
    }

    /// Takes out all of one partition.
    mutating func takeAll(where isTaken: (RequestID) -> Bool) -> [Callback] {
        var taken: [Callback] = []
        for id in observers.keys where isTaken(id) {
            guard let list = observers.removeValue(forKey: id) else { continue }
            count -= list.count
            taken += list.map(\.callback)
        }
        return taken
    }

    func callbacks(for id: RequestID) -> [Callback] { observers[id]?.map(\.callback) ?? [] }
}
