import Core

/// A process with correlators: it may stand still, be cut off, and die.
final class SimulatedNode {
    private unowned let world: SimulatedWorld
    let name: String
    let skew: Int64
    var isAlive = true
    var pausedUntil: Int64 = 0
    var cutUntil: Int64 = 0
    var lastProof: Int64 = 0
    var loopedAt: Int64 = 0
    private(set) var owners: [SimulatedOwner] = []

    init(_ world: SimulatedWorld, name: String) {
        self.world = world
        self.name = name
        skew = Int64(world.random.within(-5...5)) * 100
        owners = (0...1).map { SimulatedOwner(world, self, $0) }
    }

    var isRunnable: Bool { isAlive && pausedUntil <= world.now }

    /// Group heartbeats each second; an owner that stood still, or that Kafka has not answered, gives up.
    func tick() {
        guard isRunnable else { return }
        var stood = world.now - loopedAt
        loopedAt = world.now
        if cutUntil <= world.now, world.now - lastProof >= 1_000, world.healedAt != nil || world.random.chance(0.6) {
            // the coordinator's answer says so
            if owners.contains(where: { $0.owns && world.owners[$0.partition] !== self }) { stood = .max }
            lastProof = world.now
        }
        guard stood > Times.session || world.now - lastProof > Times.session + 500 else { return }
        for owner in owners {
            if owner.owns {
                owner.giveUp()
                world.covered["gave up", default: 0] += 1
            }
            if world.owners[owner.partition] === self { world.owners[owner.partition] = nil }
        }
    }

    /// Whether readers of the partition are answered.
    func serves(_ partition: Int) -> Bool {
        isRunnable && owners[partition].owns && owners[partition].isCaughtUp && world.now - lastProof <= Times.session - 2_000
    }

    /// A static member under its old id: its partitions come back, as a new start.
    func start() {
        isAlive = true
        (loopedAt, lastProof) = (world.now, world.now)
        for owner in owners where world.owners[owner.partition] === self { world.owners[owner.partition] = nil }
    }

    func die(wipe: Bool) {
        isAlive = false
        for owner in owners {
            if owner.owns { owner.giveUp() }
            if wipe { owner.store = nil }
            if world.owners[owner.partition] === self, world.random.chance(0.5) { world.owners[owner.partition] = nil }
        }
    }
}
