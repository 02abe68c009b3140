// Measures the worker against a real broker: `WorkerBenchmark BOOTSTRAP echo [COUNT]`, `… latency [COUNT]`, `… report [ROWS]`.
//
// echo: a worker that finds COUNT requests of demo.echo in the log; the rate from its start to the last answer, and the processor time of
// this process, librdkafka's threads included, for each request. latency: one request at a time, to its answer. report: reports.generate
// of a table with ROWS rows.
import Glibc

let arguments = CommandLine.arguments
guard arguments.count >= 3 else {
    print("usage: WorkerBenchmark BOOTSTRAP echo|latency|report [COUNT]")
    exit(2)
}
let count = arguments.count > 3 ? Int(arguments[3]) ?? 0 : 0
let bench = try await Bench(bootstrap: arguments[1])
switch arguments[2] {
case "echo": try await bench.echo(count > 0 ? count : 300_000)
case "latency": try await bench.latency(count > 0 ? count : 2_000)
case "report": try await bench.report(rows: count > 0 ? count : 1_000_000)
default: print("echo, latency or report")
}
await bench.end()
