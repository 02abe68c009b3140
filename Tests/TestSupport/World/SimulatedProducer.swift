import Core

/// What a sender wants to know again when a record is acknowledged.
enum Tag: Equatable {
    case started(String)
    case answer(String)
    case command(Int)
    case move(Int)
    case job(checkpoint: Int)
    case checkpoint(Int)
}

protocol SimulatedSender: AnyObject {
    func acknowledged(_ tag: Tag)
}

/// Sends in order to each partition, may lose acknowledgements, leaves records in flight when it dies.
final class SimulatedProducer {
    typealias Item = (place: Place, record: SimulatedRecord, tag: Tag?)

    private unowned let world: SimulatedWorld
    weak var sender: (any SimulatedSender)?
    var queue: [Item] = []
    var unacknowledged: [Item] = []
    var generation = 0

    init(_ world: SimulatedWorld) {
        self.world = world
    }

    func send(_ place: Place, _ record: SimulatedRecord, _ tag: Tag? = nil) {
        queue.append((place, record, tag))
    }

    /// The log takes the next record of some partition.
    func deliver() {
        guard !queue.isEmpty else { return }
        let place = world.random.pick(queue).place
        guard let index = queue.firstIndex(where: { $0.place == place }) else { return }
        let item = queue.remove(at: index)
        unacknowledged.append(item)
        world.append(item.place, item.record)
    }

    func acknowledge() {
        guard !unacknowledged.isEmpty else { return }
        let item = unacknowledged.removeFirst()
        if let tag = item.tag { sender?.acknowledged(tag) }
    }

    /// What the network still carries.
    private func fly() {
        let count = world.random.within(0...queue.count)
        if count > 0 { world.ghosts.append((world.now, queue.prefix(count).map { ($0.place, $0.record) })) }
    }

    /// A fatal error: a new generation sends again all that was not acknowledged, in order.
    func fatal() {
        fly()
        queue = unacknowledged + queue
        unacknowledged = []
        generation += 1
        world.extra += 1
    }

    func crash() {
        fly()
        queue = []
        unacknowledged = []
    }

    func move(all: Bool) {
        for _ in 0..<(all ? 20 : world.random.within(0...6)) {
            if queue.isEmpty && unacknowledged.isEmpty { return }
            if world.random.chance(0.55) { deliver() } else { acknowledge() }
        }
    }
}
