import Kafka
import KafkaBound

/// Produces and consumes 200-byte records over a real broker, and does the same straight on the C interface in the same run. Ratios are
/// of C's rate: above 1 is faster than C. `memory` instead fills a topic and reads it slowly (`SlowReader`).
@main
struct KafkaBenchmark {
    static let partitions = 4
    static let bytes = 200
    static let usage = """
        usage: KafkaBenchmark BOOTSTRAP [RECORDS [ROUNDS [ROW]]]     ROW: only rows whose name has this in it, beside C's
               KafkaBenchmark BOOTSTRAP memory [RECORDS]
        """

    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard let bootstrap = arguments.first else {
            print(usage)
            return
        }
        let rest = Array(arguments.dropFirst())
        let kafka = KafkaConfiguration(bootstrapServers: bootstrap, clientID: "benchmark")
        let admin = try Admin(kafka)
        let run = "bench-\(UInt32.random(in: .min ... .max))"
        if rest.first == "memory" {
            let count = rest.count > 1 ? Int(rest[1]) ?? 5_000_000 : 5_000_000
            try await withTopic(run, admin) { try await SlowReader(kafka: kafka, topic: run, count: count).run() }
        } else {
            let count = rest.count > 0 ? Int(rest[0]) ?? 500_000 : 500_000
            let rounds = rest.count > 1 ? Int(rest[1]) ?? 3 : 3
            let wanted = rest.count > 2 ? Row.allCases.filter { $0.rawValue.contains(rest[2]) } : Row.allCases
            let rows = Row.allCases.filter { row in wanted.contains(row) || wanted.contains { $0.bound == row } || row == .boundProduce }
            var figures = Figures(count: count)
            print("\(count) records of \(bytes) bytes, \(partitions) partitions, \(rounds) rounds; the best of each row")
            for round in 0..<rounds {
                let topic = "\(run)-\(round)"
                try await withTopic(topic, admin) { for row in rows { try await figures.measure(row, kafka, topic) } }
            }
            for row in rows { print(figures.line(row)) }
        }
        await admin.close()
    }

    /// A topic for `body`, deleted afterwards.
    static func withTopic(_ name: String, _ admin: Admin, _ body: () async throws -> Void) async throws {
        for (_, error) in try await admin.createTopics([NewTopic(name, partitions: partitions)]) {
            if let error { throw error }
        }
        do {
            try await body()
        } catch {
            _ = try await admin.deleteTopics([name])
            throw error
        }
        _ = try await admin.deleteTopics([name])
    }
}
