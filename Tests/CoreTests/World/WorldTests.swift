import Core
import TestSupport
import Testing

/// The simulated world by seed: the real fold and decide under twins, zombies, crashes, pauses, retention and skewed clocks.
@Suite(.timeLimit(.minutes(4))) struct WorldTests {
    @Test(arguments: 0..<8) func rulesHold(batch: Int) {
        for seed in UInt64(batch * 25)..<UInt64(batch * 25 + 25) {
            let world = SimulatedWorld.played(seed: seed)
            #expect(world.broken == nil, "\(SimulatedWorld.report(seed: seed))")
        }
    }

    /// A check that cannot fail is none: a planted mistake of a shell is noticed within some seeds.
    @Test(arguments: SimulatedWorld.Fault.allCases) func plantedFaultsAreNoticed(fault: SimulatedWorld.Fault) {
        let noticed = (UInt64(0)..<200).contains { SimulatedWorld.played(seed: $0, fault: fault).broken != nil }
        #expect(noticed, "\(fault) broke nothing in 400 seeds")
    }

    /// The seeds reach what the invariants are about.
    @Test func seedsReachTheRareCases() {
        var covered: [String: Int] = [:]
        for seed in UInt64(0)..<60 { covered.merge(SimulatedWorld.played(seed: seed).covered) { $0 + $1 } }
        for case let name in [
            "COMPLETED", "FAILED", "CANCELLED", "EXPIRED", "lease expired", "reopened", "restored", "gave up", "wrong partition",
            "retention commands",
        ] {
            #expect(covered[name] ?? 0 > 0, "\(name)")
        }
    }
}
