import Synchronization
import Telemetry

/// The connections that are open. A slot's generation tells a late event from one for its present owner.
final class PeerTable: Sendable {
    private struct State {
        var slots: [Peer?] = []
        var generations: [UInt32] = []
        var free: [Int] = []
    }

    private let state = Locked(State())
    private let open = Atomic<Int>(0)

    var count: Int { open.load(ordering: .relaxed) }

    func add(_ descriptor: Int32) -> Peer {
        open.add(1, ordering: .relaxed)
        return state.withLock { state in
            let slot: Int
            if let last = state.free.popLast() {
                slot = last
            } else {
                slot = state.slots.count
                state.slots.append(nil)
                state.generations.append(0)
            }
            state.generations[slot] &+= 1
            let peer = Peer(descriptor: descriptor, key: UInt64(state.generations[slot]) << 32 | UInt64(slot))
            state.slots[slot] = peer
            return peer
        }
    }

    func remove(_ peer: Peer) {
        open.subtract(1, ordering: .relaxed)
        let slot = Int(peer.key & 0xFFFF_FFFF)
        state.withLock { state in
            state.slots[slot] = nil
            state.free.append(slot)
        }
    }

    func peer(_ key: UInt64) -> Peer? {
        state.withLock { state in
            let slot = Int(key & 0xFFFF_FFFF)
            guard slot < state.slots.count, state.generations[slot] == UInt32(key >> 32) else { return nil }
            return state.slots[slot]
        }
    }

    /// All peers, for a stopping server.
    var all: [Peer] { state.withLock { $0.slots.compactMap { $0 } } }

    /// The peers whose deadline has passed, and the earliest deadline of the others.
    func due(now: Int64) -> (due: [Peer], next: Int64) {
        state.withLock { state in
            var due: [Peer] = []
            var next = Int64.max
            for case let peer? in state.slots {
                let deadline = peer.deadline.load(ordering: .sequentiallyConsistent)
                if deadline == 0 { continue }
                if deadline <= now { due.append(peer) } else { next = min(next, deadline) }
            }
            return (due, next)
        }
    }
}
