// Ten million mutated inputs to every decoder of Avro, under the address sanitizer: `scripts/fuzz-avro`.
import Glibc

let arguments = CommandLine.arguments
let wanted = arguments.count > 1 ? Int(arguments[1]) ?? 10_000_000 : 10_000_000
let first = arguments.count > 2 ? UInt64(arguments[2]) ?? 1 : 1
var total = FuzzRun.Report()
var seed = first
while total.inputs < wanted {
    var run = FuzzRun(seed: seed)
    // The seed is told before its run, so that a crash names it.
    if seed % 64 == 0 {
        print("seed \(seed), \(total.inputs) inputs, \(total.taken) taken, slowest \(total.slowest) (seed \(total.slowestSeed))")
    }
    run.round(inputs: 400)
    total.inputs += run.report.inputs
    total.taken += run.report.taken
    total.refused.merge(run.report.refused, uniquingKeysWith: +)
    if run.report.slowest > total.slowest { (total.slowest, total.slowestSeed) = (run.report.slowest, seed) }
    seed += 1
}
print("\(total.inputs) inputs, \(total.taken) taken, slowest \(total.slowest) (seed \(total.slowestSeed))")
for (code, count) in total.refused.sorted(by: { $0.value > $1.value }) { print("  \(code): \(count)") }
