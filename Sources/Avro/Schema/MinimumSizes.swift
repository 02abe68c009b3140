/// The least number of bytes that a value of each type takes; what blocks are checked against before their items are read.
enum MinimumSizes {
    /// For each node of the graph. Recursion that has no end counts as 1: no value can be written of such a type.
    static func compute(_ graph: SchemaGraph) -> [Int] {
        var sizes = [Int](repeating: -1, count: graph.nodes.count)
        // Sizes grow from 0 to a fixed point. Parts mostly stand behind their whole, so that the first round does nearly all; a lower bound is safe.
        sizes = graph.nodes.map { leaf($0) }
        for _ in 0..<64 {
            var changed = false
            for (index, node) in graph.nodes.enumerated().reversed() where node.kind == .record {
                let sum = node.fields.reduce(0) { min(1 << 30, $0 + sizes[$1.type]) }
                if sum != sizes[index] {
                    sizes[index] = sum
                    changed = true
                }
            }
            if !changed { break }
        }
        return sizes
    }

    private static func leaf(_ node: SchemaNode) -> Int {
        switch node.kind {
        case .null, .record: 0
        case .boolean, .int, .long, .bytes, .string, .enum, .array, .map, .union: 1
        case .float: 4
        case .double: 8
        case .fixed: node.size
        }
    }
}
