/// What a producer's threads share, under one lock.
struct ProducerState {
    enum Phase: Equatable {
        case open
        /// A fatal error came: what was not acknowledged goes to the next generation first.
        case replacing
        case closed
    }

    var phase = Phase.open
    /// The last handle ends: no call may begin.
    var isEnded = false
    var generation: Generation
    var table = DeliveryTable()
    var names: [String] = []
    var indexes: [String: Int] = [:]
    private var lastIndex = 0
    var topics: [TopicPointer] = []
    /// The clock of `unsentMax`, in steps of 50 ms.
    var tick: UInt32 = 0
    /// Calls of `send` that wait for room, by number.
    var roomWaiters: [Int: CheckedContinuation<Bool, Never>] = [:]
    var roomWaitersBegun = 0

    init(_ generation: Generation) { self.generation = generation }

    mutating func index(of name: String) -> Int {
        // Most calls name the topic of the call before: comparing is cheaper than hashing.
        if lastIndex < names.count, names[lastIndex] == name { return lastIndex }
        if let index = indexes[name] {
            lastIndex = index
        } else {
            lastIndex = names.count
            names.append(name)
            topics.append(isEnded ? TopicPointer(pointer: nil, handle: generation.handle.pointer) : generation.topic(name))
            indexes[name] = lastIndex
        }
        return lastIndex
    }

    mutating func takeRoomWaiters() -> [CheckedContinuation<Bool, Never>] {
        guard !roomWaiters.isEmpty else { return [] }
        defer { roomWaiters.removeAll() }
        return Array(roomWaiters.values)
    }
}
