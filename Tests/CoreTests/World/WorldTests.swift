import Core
import TestSupport
import Testing

/// The simulated world by seed: the real fold and decide under twins, zombies, crashes, pauses, retention and skewed clocks.
@Suite(.timeLimit(.minutes(2))) struct WorldTests {
    @Test(arguments: 0..<8) func rulesHold(batch: Int) {
        for seed in UInt64(batch * 25)..<UInt64(batch * 25 + 25) {
            let world = SimulatedWorld.played(seed: seed)
            #expect(world.broken == nil, "\(SimulatedWorld.report(seed: seed))")
        }
    }
}
