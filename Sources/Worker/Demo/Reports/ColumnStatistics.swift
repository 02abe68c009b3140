/// What is gathered of one column while its values pass by: constant memory, one pass.
///
/// A column is a column of numbers as long as every value that is not null is one.
struct ColumnStatistics {
    let name: String
    private(set) var count = 0
    private(set) var nulls = 0
    private(set) var isNumeric = true
    private(set) var minimum = Double.infinity
    private(set) var maximum = -Double.infinity
    private(set) var sum = 0.0
    private(set) var mean = 0.0
    /// Sum of squared distances from the mean (Welford 1962).
    private var squares = 0.0
    private var distinctCounter = DistinctCounter()

    init(name: String) { self.name = name }

    /// The value as a number, when the column is (still) one of numbers.
    @discardableResult
    mutating func add(_ bytes: UnsafeRawBufferPointer, isNull: Bool) -> Double? {
        guard !isNull else {
            nulls += 1
            return nil
        }
        count += 1
        distinctCounter.add(bytes)
        guard isNumeric else { return nil }
        guard let value = Decimal.parse(bytes) else {
            isNumeric = false
            return nil
        }
        if value < minimum { minimum = value }
        if value > maximum { maximum = value }
        sum += value
        let distance = value - mean
        mean += distance / Double(count)
        squares += distance * (value - mean)
        return value
    }

    var hasNumbers: Bool { isNumeric && count > 0 }

    /// Of the population; nil where there is no number.
    var deviation: Double? { hasNumbers ? (squares / Double(count)).squareRoot() : nil }

    /// Different values; nil when they are too many to be counted in bounded memory.
    var distinct: Int? { distinctCounter.count }

    var kind: ColumnKind { count == 0 ? .empty : isNumeric ? .number : .text }
}
