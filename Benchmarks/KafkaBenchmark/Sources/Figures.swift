import Kafka
import KafkaBound

/// What the rows measured, over all rounds.
struct Figures {
    private struct Figure {
        /// Records a second; the best round.
        var rate = 0.0
        /// Microseconds of processor a record, of the whole process; the best round.
        var processor = Double.infinity
        /// Allocations a record; the last round.
        var allocations = 0.0
    }
    let count: Int
    private var figures: [Row: Figure] = [:]

    init(count: Int) { self.count = count }

    mutating func measure(_ row: Row, _ kafka: KafkaConfiguration, _ topic: String) async throws {
        let before = kafka_bound_allocations()
        let used = kafka_bound_processor()
        let rate = Double(count) / (try await row.run(kafka, topic, count))
        let allocations = Double(kafka_bound_allocations() - before) / Double(count)
        let processor = (kafka_bound_processor() - used) * 1e6 / Double(count)
        let figure = figures[row] ?? Figure()
        figures[row] = Figure(rate: max(figure.rate, rate), processor: min(figure.processor, processor), allocations: allocations)
    }

    func line(_ row: Row) -> String {
        let own = figures[row] ?? Figure()
        let bound = figures[row.bound] ?? Figure()
        return
            "\(row.rawValue): \(Int(own.rate))/s, \(rounded(own.rate / bound.rate)) of C; \(rounded(own.processor)) µs of processor a record, "
            + "\(rounded(own.processor / bound.processor)) of C's; allocations a record above C's: \(rounded(own.allocations - bound.allocations))"
    }

    private func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }
}
