import Glibc

/// Rows by the value of one column: how many, and of each column the sum of its numbers. Bounded: rows of values that come when the table
/// is full are not grouped; how many such values there were is counted as far as `DistinctCounter` can.
struct GroupTable {
    /// Sums and counts kept in all, 16 bytes each.
    static let cellsMax = 2_000_000

    let columns: Int
    let groupsMax: Int
    private var slots: [UInt64: Int] = [:]
    private var keys: [[UInt8]] = []
    private(set) var rows: [Int] = []
    private var sums: [Double] = []
    private var counts: [Int] = []
    private var beyond = DistinctCounter()

    init(columns: Int, groupsMax: Int = 100_000) {
        self.columns = columns
        self.groupsMax = min(groupsMax, Self.cellsMax / max(columns, 1))
    }

    var count: Int { keys.count }

    /// Values that found the table full; a lower bound when there were very many.
    var countBeyond: Int { beyond.countMin }

    /// The group of a row whose column has this value; nil when the table is full.
    mutating func group(of bytes: UnsafeRawBufferPointer) -> Int? {
        var hash = DistinctCounter.hash(bytes)
        while let index = slots[hash] {
            let same = keys[index].withUnsafeBytes { key in
                key.count == bytes.count && (key.isEmpty || memcmp(key.baseAddress!, bytes.baseAddress!, key.count) == 0)
            }
            if same {
                rows[index] += 1
                return index
            }
            hash &+= 1
        }
        guard keys.count < groupsMax else {
            beyond.add(bytes)
            return nil
        }
        slots[hash] = keys.count
        keys.append(Array(bytes))
        rows.append(1)
        sums.append(contentsOf: repeatElement(0, count: columns))
        counts.append(contentsOf: repeatElement(0, count: columns))
        return keys.count - 1
    }

    mutating func add(_ value: Double, column: Int, to group: Int) {
        sums[group * columns + column] += value
        counts[group * columns + column] += 1
    }

    func sum(_ group: Int, column: Int) -> Double { sums[group * columns + column] }

    /// The mean of the column's numbers in the group; nil when there is none.
    func mean(_ group: Int, column: Int) -> Double? {
        let count = counts[group * columns + column]
        return count == 0 ? nil : sums[group * columns + column] / Double(count)
    }

    func name(_ group: Int) -> String { String(decoding: keys[group], as: UTF8.self) }

    /// Largest first, then as they came.
    var order: [Int] {
        rows.indices.sorted { (rows[$0], $1) > (rows[$1], $0) }
    }
}
