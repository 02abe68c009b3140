/// What was taken but waits for a free slot: first in, first out within a partition, and the partitions in turn, so that none waits
/// behind another's backlog.
struct FairQueue<Element> {
    private struct Line {
        var elements: [Element] = []
        var head = 0
        var count: Int { elements.count - head }
    }

    private var lines: [Int32: Line] = [:]
    /// Partitions with waiting elements; the next one's turn is at `turn`.
    private var ring: [Int32] = []
    private var turn = 0
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    func count(_ partition: Int32) -> Int { lines[partition]?.count ?? 0 }

    mutating func append(_ element: Element, partition: Int32) {
        if count(partition) == 0 { ring.append(partition) }
        lines[partition, default: Line()].elements.append(element)
        count += 1
    }

    mutating func next() -> Element? {
        guard !ring.isEmpty else { return nil }
        if turn >= ring.count { turn = 0 }
        let partition = ring[turn]
        guard var line = lines.removeValue(forKey: partition) else { return nil }
        let element = line.elements[line.head]
        line.head += 1
        count -= 1
        if line.count == 0 {
            ring.remove(at: turn)
        } else {
            if line.head > 1_024 && line.head * 2 > line.elements.count {
                line.elements.removeFirst(line.head)
                line.head = 0
            }
            lines[partition] = line
            turn += 1
        }
        return element
    }

    /// Drops what waits of a partition that is no longer ours; gives how many.
    @discardableResult
    mutating func remove(_ partition: Int32) -> Int {
        guard let line = lines.removeValue(forKey: partition) else { return 0 }
        if let index = ring.firstIndex(of: partition) {
            ring.remove(at: index)
            if index < turn { turn -= 1 }
        }
        count -= line.count
        return line.count
    }

    /// Partitions of which more than `limit` elements wait.
    func partitions(above limit: Int) -> [Int32] { ring.filter { count($0) > limit } }
}
