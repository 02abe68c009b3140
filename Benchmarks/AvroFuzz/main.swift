// Ten million mutated inputs to every decoder of Avro, under the address sanitizer: `scripts/fuzz-avro`.
import Glibc

let arguments = CommandLine.arguments
let wanted = arguments.count > 1 ? Int(arguments[1]) ?? 10_000_000 : 10_000_000
let first = arguments.count > 2 ? UInt64(arguments[2]) ?? 1 : 1
var total = FuzzRun.Report()
var seed = first
FuzzMeter.install()
while total.inputs < wanted {
    FuzzMeter.seed = seed
    var run = FuzzRun(seed: seed, watch: FuzzMeter.watch)
    if seed % 64 == 0 {
        print("seed \(seed), \(total.inputs) inputs, \(total.taken) taken")
        fflush(nil)
    }
    run.round(inputs: 400)
    total.inputs += run.report.inputs
    total.taken += run.report.taken
    total.refused.merge(run.report.refused, uniquingKeysWith: +)
    seed += 1
}
print(
    "\(total.inputs) inputs from seed \(first) to \(seed - 1), \(total.taken) taken, none failed; memory \(FuzzMeter.isCounting ? "counted" : "not counted")"
)
for kind in FuzzKind.allCases {
    let share = FuzzMeter.isCounting ? ", at most \(FuzzMeter.fullest[kind, default: 0]) % of its memory" : ""
    print("  \(kind): slowest \(FuzzMeter.slowest[kind, default: 0] / 1_000) µs of CPU time\(share)")
}
for (code, count) in total.refused.sorted(by: { $0.value > $1.value }) { print("  \(code): \(count)") }
