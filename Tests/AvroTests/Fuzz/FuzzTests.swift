import Testing

/// The short form of `scripts/fuzz-avro`, which runs ten million inputs under the address sanitizer.
@Suite struct FuzzTests {
    @Test(.timeLimit(.minutes(5)), arguments: UInt64(0)..<40) func mutatedInputs(seed: UInt64) {
        var run = FuzzRun(seed: seed)
        run.round(inputs: 50)
        #expect(run.report.inputs >= 150)
        #expect(!run.report.refused.isEmpty, "a run in which nothing was refused has mutated nothing")
    }
}
