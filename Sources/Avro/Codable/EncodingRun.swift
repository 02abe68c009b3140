/// One encode: writes values with parts straight to the output while they tell them, as long as they tell them in the schema's order.
///
/// What comes in another order is put right at the end of its value (`EncodingRun+Order.swift`). What a schema may take in several ways (a union of
/// several types), or what is filled in later (a nested container that the type asks for itself), is collected as an ``EncodingTree`` first.
///
/// There is one such object for all values of a datum: what is known of the innermost one is in `frame`, that of the others on the stack. A run is
/// used by one thread and its properties by one call at a time, so that no access needs to be watched.
final class EncodingRun {
    let graph: CodingGraph
    var writer: TreeWriter { TreeWriter(graph) }
    @exclusivity(unchecked) var out = AvroWriter(capacity: 0)
    @exclusivity(unchecked) var frame: EncodingFrame
    /// How many values were begun.
    @exclusivity(unchecked) private var begun = 0
    /// How many values are around the innermost one; -1 before the first.
    @exclusivity(unchecked) private(set) var depth = -1

    init(_ graph: CodingGraph) {
        self.graph = graph
        frame = EncodingFrame(serial: 0, place: graph.places[0])
    }

    /// The plain type of a place.
    func node(_ place: CodingPlace) -> CodingNode { graph.nodes[Int(place.plain)] }

    // MARK: Values

    /// Writes any value. When it throws, the output may have a part of it.
    func write<Value: Encodable>(_ value: Value, _ place: CodingPlace) throws {
        if let texts = EncodingTree.exactly(value, [String: String].self), place.kind == .map, write(texts, place) { return }
        if let known = EncodingTree.known(value) { return try write(known, place) }
        guard depth + 1 < EncodingTree.depthMax else {
            throw AvroError(.depthMax, operation: "encode", detail: "the value is nested deeper than a decoder takes")
        }
        begun += 1
        depth += 1
        let outer = frame
        frame = EncodingFrame(serial: begun, place: place)
        defer {
            frame = outer
            depth -= 1
        }
        try value.encode(to: ValueEncoder(run: self, serial: frame.serial))
        try finish()
    }

    func write(_ tree: EncodingTree, _ place: CodingPlace) throws(AvroError) {
        switch tree {
        case .string(let text): try write(text, place)
        case .integer(let number): try write(number, place)
        default: try writer.append(tree, Int(place.index), &out)
        }
    }

    @inline(__always)
    func write(_ text: String, _ place: CodingPlace) throws(AvroError) {
        guard place.kind == .string else { return try writer.append(.string(text), Int(place.index), &out) }
        if let branch = place.branch { out.writeByte(branch) }
        out.writeString(text)
    }

    @inline(__always)
    func write(_ number: Int64, _ place: CodingPlace) throws(AvroError) {
        guard place.kind == .long || place.kind == .int && Int32(exactly: number) != nil else {
            return try writer.append(.integer(number), Int(place.index), &out)
        }
        if let branch = place.branch { out.writeByte(branch) }
        out.writeLong(number)
    }

    /// A map of texts without a container for it; false where the schema has other values.
    private func write(_ texts: [String: String], _ place: CodingPlace) -> Bool {
        let item = graph.places[node(place).children[0]]
        guard item.kind == .string else { return false }
        if let branch = place.branch { out.writeByte(branch) }
        if !texts.isEmpty { out.writeLong(Int64(texts.count)) }
        for (key, text) in texts {
            out.writeString(key)
            if let branch = item.branch { out.writeByte(branch) }
            out.writeString(text)
        }
        out.writeByte(0)
        return true
    }

    // MARK: Containers

    /// Whether a value's fields or entries are written while they are told; false where they must be collected.
    func beginKeyed(_ serial: Int) -> Bool {
        guard serial == frame.serial else { return false }
        switch frame.state {
        case .record, .map: return true
        case .untouched: break
        default: return false
        }
        switch frame.place.kind {
        case .record:
            beginParts(.record)
            let fields = node(frame.place).fields
            frame.fieldsStart = Int32(fields.lowerBound)
            frame.fieldsCount = Int32(fields.count)
        case .map: beginBlock(.map)
        default: return false
        }
        return true
    }

    /// The same for an array's items.
    func beginUnkeyed(_ serial: Int) -> Bool {
        guard serial == frame.serial else { return false }
        switch frame.state {
        case .array: return true
        case .untouched where frame.place.kind == .array:
            beginBlock(.array)
            return true
        default: return false
        }
    }

    private func beginParts(_ state: EncodingFrame.State) {
        frame.state = state
        if let branch = frame.place.branch { out.writeByte(branch) }
        frame.start = out.count
        frame.orderedEnd = out.count
    }

    private func beginBlock(_ state: EncodingFrame.State) {
        beginParts(state)
        frame.item = graph.places[node(frame.place).children[0]]
        // The count of a block, usually below 64.
        out.writeByte(0)
        frame.orderedEnd = out.count
    }

    /// Where a value is collected. Of one that is over nobody asks any more.
    func collected(_ serial: Int) -> TreeSlot {
        guard serial == frame.serial else { return TreeSlot() }
        if let slot = frame.tree { return slot }
        let slot = TreeSlot()
        frame.state = frame.state == .untouched ? .tree : .mixed
        frame.tree = slot
        return slot
    }
}
