/// One encode: the output, and how any value gets there.
final class EncodingRun {
    /// Written by one call at a time: no access needs to be watched.
    @exclusivity(unchecked) var out = AvroWriter(capacity: 0)
    let graph: CodingGraph
    let writer: TreeWriter

    init(_ graph: CodingGraph) {
        self.graph = graph
        writer = TreeWriter(graph)
    }

    /// Appends a value without parts.
    func append(_ tree: EncodingTree, _ index: Int) throws(AvroError) { try writer.append(tree, index, &out) }

    /// Appends any value.
    func append<Value: Encodable>(_ value: Value, _ index: Int, depth: Int) throws {
        if let known = EncodingTree.known(value) { return try append(known, index) }
        guard depth < EncodingTree.depthMax else {
            throw AvroError(.depthMax, operation: "encode", detail: "the value is nested deeper than a decoder takes")
        }
        let encoder = ValueEncoder(self, index, depth: depth)
        try value.encode(to: encoder)
        try encoder.finish()
    }
}
