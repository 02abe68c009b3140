// The parts of the system benchmark that no other tool can do; `SystemBenchmark/run` starts it.
//
//     SystemBenchmark native BOOTSTRAP PREFIX [COUNT [WINDOW [ROUNDS [SINGLE]]]]   requests without HTTP: loaded, then one at a time
//     SystemBenchmark poll HOST PORT [COUNT [IDS-FILE]]                            jobs over HTTP, one at a time, to their end
//     SystemBenchmark clean BOOTSTRAP PREFIX                                       deletes the topics of the prefix
//
// Each figure is one line: `name value…`.
import Glibc
import Kafka

let arguments = CommandLine.arguments

func number(_ index: Int, _ fallback: Int) -> Int {
    arguments.count > index ? Int(arguments[index]) ?? fallback : fallback
}

guard arguments.count > 3 else {
    print("usage: SystemBenchmark native BOOTSTRAP PREFIX | poll HOST PORT | clean BOOTSTRAP PREFIX")
    exit(2)
}
switch arguments[1] {
case "native":
    let run = try await NativeRun(bootstrap: arguments[2], prefix: arguments[3])
    for round in 1...number(6, 2) { try await run.loaded(number(4, 300_000), window: number(5, 20_000), round: round) }
    try await run.single(number(7, 2_000))
    await run.end()
case "poll":
    try PollRun(host: arguments[2], port: number(3, 8080)).run(number(4, 1_000), ids: arguments.count > 5 ? arguments[5] : nil)
case "clean":
    let admin = try Admin(KafkaConfiguration(bootstrapServers: arguments[2], clientID: "system-benchmark"))
    let topics = try await admin.metadata().topics.map(\.name).filter { $0.hasPrefix(arguments[3]) }
    if !arguments[3].isEmpty, !topics.isEmpty { _ = try await admin.deleteTopics(topics) }
    _ = await admin.close()
default:
    print("native, poll or clean")
    exit(2)
}
