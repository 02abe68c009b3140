// A worker of one's own: the types of the operation, a handler, a start and a stop.
//
//     KAFKA_BOOTSTRAP_SERVERS=localhost:9092 swift run OwnWorker ../schemas
import Dispatch
import Glibc
import Kafka
import Worker

struct FactorRequest: Decodable, Sendable {
    let number: Int64
}

struct Factors: Encodable, Sendable {
    let number: Int64
    let factors: [Int64]
}

/// A declared error of the operation: its name and its fields are those of the schema.
struct NotPositive: DeclaredError {
    let number: Int64
    var message: String { "\(number) is not positive" }
    private enum CodingKeys: CodingKey { case number }
}

@main
struct OwnWorker {
    static func main() async throws {
        let servers = getenv("KAFKA_BOOTSTRAP_SERVERS").map { String(cString: $0) } ?? "localhost:9092"
        let worker = try Worker(
            WorkerConfiguration(KafkaConfiguration(bootstrapServers: servers)),
            schemas: CommandLine.arguments.dropFirst().first ?? "schemas")
        try worker.handle("primes.factor", concurrency: 4) { (request: FactorRequest, context: Context) in
            try factor(request.number, context)
        }
        try await worker.start()
        print("ready")
        let signals = [SIGTERM, SIGINT].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { Task { await worker.stop() } }
            source.resume()
            return source
        }
        try await worker.run()
        await worker.stop()
        withExtendedLifetime(signals) {}
    }

    static func factor(_ number: Int64, _ context: Context) throws -> Factors {
        guard number > 0 else { throw NotPositive(number: number) }
        var (rest, candidate, factors) = (number, Int64(2), [Int64]())
        while candidate <= rest / candidate {
            while rest % candidate == 0 {
                factors.append(candidate)
                rest /= candidate
                try context.part(candidate)
            }
            candidate += 1
            if candidate % 1_000_000 == 0 {
                try Task.checkCancellation()
                context.progress(message: "tried up to \(candidate)")
            }
        }
        if rest > 1 {
            factors.append(rest)
            try context.part(rest)
        }
        return Factors(number: number, factors: factors)
    }
}
