/// Writes one value with parts straight to the output while it tells them, as long as it tells them in the schema's order.
///
/// What comes in another order is put right in `finish`. What a schema may take in several ways (a union of several types), or what is filled in
/// later (a nested container that the type asks for itself), is collected as an ``EncodingTree`` first. An encoder is used by one thread and its
/// properties by one call at a time, so that no access needs to be watched.
final class ValueEncoder: Encoder {
    private enum State {
        case untouched
        case record, map, array
        /// A single value was written.
        case single
        /// Collected: written in `finish`.
        case tree(TreeSlot)
    }

    /// A part that was not written in its place.
    private struct Part {
        /// Of a record: the field.
        var position: Int
        /// Of a map whose entry is in `slot`.
        var key: String?
        /// Where its bytes are in the output.
        var range: Range<Int>
        /// What is written for it, where it has no bytes yet.
        var slot: TreeSlot?
    }

    let run: EncodingRun
    let depth: Int
    private let index: Int
    @exclusivity(unchecked) private var state = State.untouched
    /// The type of the container; a union around it taken off.
    @exclusivity(unchecked) private(set) var node: CodingNode
    @exclusivity(unchecked) private var start = 0
    /// Where the parts end that stand in the schema's order, and how many they are.
    @exclusivity(unchecked) private var orderedEnd = 0
    @exclusivity(unchecked) private var ordered = 0
    @exclusivity(unchecked) private var parts: [Part] = []
    /// The field that comes next, if properties stand in the schema's order.
    @exclusivity(unchecked) private var next = 0
    /// The part that was opened last.
    @exclusivity(unchecked) private var partStart = 0
    @exclusivity(unchecked) private var partPosition = 0

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }
    /// How many items were written.
    var count: Int { ordered + parts.count }

    init(_ run: EncodingRun, _ index: Int, depth: Int) {
        self.run = run
        self.index = index
        self.depth = depth
        node = run.graph.nodes[index]
    }

    // MARK: Containers

    /// Begins a container of the kind that the schema has here; false where the value must be collected.
    private func begin(_ kinds: Schema.Kind...) -> Bool {
        let plain = node.kind == .union ? node.only.map { run.graph.nodes[node.children[$0]] } : node
        guard let plain, kinds.contains(plain.kind) else { return false }
        if node.kind == .union, let branch = node.only { run.out.writeLong(Int64(branch)) }
        node = plain
        state = plain.kind == .record ? .record : plain.kind == .map ? .map : .array
        start = run.out.count
        // The count of a block, usually below 64.
        if plain.kind != .record { run.out.writeByte(0) }
        orderedEnd = run.out.count
        return true
    }

    private func collected() -> TreeEncoder {
        if case .tree(let slot) = state { return TreeEncoder(depth: depth, result: slot) }
        let slot = TreeSlot()
        state = .tree(slot)
        return TreeEncoder(depth: depth, result: slot)
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        switch state {
        case .record, .map: return KeyedEncodingContainer(FieldsContainer(encoder: self))
        case .untouched where begin(.record, .map): return KeyedEncodingContainer(FieldsContainer(encoder: self))
        default: return collected().container(keyedBy: type)
        }
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        switch state {
        case .array: return ElementsContainer(encoder: self)
        case .untouched where begin(.array): return ElementsContainer(encoder: self)
        default: return collected().unkeyedContainer()
        }
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { WholeContainer(encoder: self) }

    // MARK: Parts

    /// Begins a part: its type. Of a record the field of that name, of a map the entry, of an array the next item.
    private func open(_ key: String?) throws(AvroError) -> Int {
        guard case .record = state else {
            partStart = run.out.count
            if let key { run.out.writeString(key) }
            return node.children[0]
        }
        guard let position = node.position(of: key ?? "", after: &next) else {
            throw AvroError(.valueUnfit, operation: "encode", detail: "\(node.name) has no field \(key ?? "")")
        }
        guard position >= ordered else {
            throw AvroError(.valueUnfit, operation: "encode", detail: "the field is written twice", place: key ?? "")
        }
        partStart = run.out.count
        partPosition = position
        return node.fieldTypes[position]
    }

    /// Ends the part that was opened last.
    private func close(_ position: Int, _ from: Int) {
        if case .record = state, !parts.isEmpty || position != ordered {
            parts.append(Part(position: position, range: from..<run.out.count))
        } else if parts.isEmpty {
            ordered += 1
            orderedEnd = run.out.count
        } else {
            parts.append(Part(position: count, range: from..<run.out.count))
        }
    }

    /// A part without parts of its own.
    func append(_ tree: EncodingTree, _ key: String?) throws {
        let type = try open(key)
        do throws(AvroError) { try run.append(tree, type) } catch { throw error.inside(place(key)) }
        close(partPosition, partStart)
    }

    /// Any part.
    func append<Value: Encodable>(_ value: Value, _ key: String?) throws {
        let type = try open(key), position = partPosition, from = partStart
        do { try run.append(value, type, depth: depth + 1) } catch let error as AvroError { throw error.inside(place(key)) }
        close(position, from)
    }

    /// A property that is nil: as if the type lacked it.
    func appendAbsent(_ key: String) throws {
        guard case .record = state else { return try append(.null, key) }
        _ = try open(key)
        do throws(AvroError) { try run.writer.absent(partPosition, node, &run.out) } catch { throw error.inside(key) }
        close(partPosition, partStart)
    }

    /// A part that is told later.
    func slot(_ key: String?) -> TreeSlot {
        let slot = TreeSlot()
        let end = run.out.count
        var position = count
        if case .record = state {
            guard let found = node.position(of: key ?? "", after: &next) else {
                // Told to `finish`, since this cannot throw.
                parts.append(Part(position: -1, key: key, range: end..<end))
                return slot
            }
            position = found
        }
        parts.append(Part(position: position, key: key, range: end..<end, slot: slot))
        return slot
    }

    private func place(_ key: String?) -> String { key ?? "[\(count)]" }

    // MARK: The end

    /// The single value of a place.
    func appendWhole(_ tree: EncodingTree) throws(AvroError) {
        state = .single
        try run.append(tree, index)
    }

    func appendWhole<Value: Encodable>(_ value: Value) throws {
        state = .single
        try run.append(value, index, depth: depth + 1)
    }

    /// Ends the value: puts in order what came in another, and writes what is missing.
    func finish() throws(AvroError) {
        switch state {
        case .single: return
        case .tree(let slot): try run.append(slot.tree ?? .keyed(KeyedTree()), index)
        case .untouched: try run.append(.keyed(KeyedTree()), index)
        case .record: try finishRecord()
        case .map, .array: try finishBlocks()
        }
    }

    private func finishRecord() throws(AvroError) {
        let written = parts.isEmpty ? [] : takeParts()
        var found: [Int: Int] = [:]
        for (place, part) in parts.enumerated() {
            guard part.position >= ordered else {
                throw AvroError(
                    .valueUnfit, operation: "encode", detail: "\(node.name) has no field \(part.key ?? ""), or it is written twice")
            }
            found[part.position] = place
        }
        for position in ordered..<node.fieldNames.count {
            do throws(AvroError) {
                if let part = found[position] {
                    try write(parts[part], node.fieldTypes[position], written)
                } else {
                    try run.writer.absent(position, node, &run.out)
                }
            } catch {
                throw error.inside(node.fieldNames[position])
            }
        }
    }

    private func finishBlocks() throws(AvroError) {
        let total = count
        // The byte that was kept for the count is then the end.
        if total == 0 { return }
        if !parts.isEmpty {
            let written = takeParts()
            for part in parts {
                if part.slot != nil, let key = part.key { run.out.writeString(key) }
                try write(part, node.children[0], written)
            }
        }
        run.out.writeByte(0)
        run.out.setCount(total, at: start)
    }

    /// The bytes of the parts, taken off the output.
    private func takeParts() -> [UInt8] {
        let from = orderedEnd, bytes = run.out.bytes(from: from)
        for place in parts.indices { parts[place].range = parts[place].range.lowerBound - from..<parts[place].range.upperBound - from }
        run.out.truncate(to: from)
        return bytes
    }

    private func write(_ part: Part, _ type: Int, _ written: [UInt8]) throws(AvroError) {
        if let slot = part.slot { return try run.append(slot.tree ?? .keyed(KeyedTree()), type) }
        run.out.append(Array(written[part.range]))
    }
}

extension AvroWriter {
    /// The bytes from an offset on, copied.
    func bytes(from offset: Int) -> [UInt8] { [UInt8](UnsafeRawBufferPointer(start: storage + offset, count: written - offset)) }

    /// Puts a block's count where one byte was kept for it; what follows moves when it takes more.
    mutating func setCount(_ count: Int, at offset: Int) {
        if count < 64 {
            storage.storeBytes(of: UInt8(count * 2), toByteOffset: offset, as: UInt8.self)
            return
        }
        let rest = bytes(from: offset + 1)
        truncate(to: offset)
        writeLong(Int64(count))
        append(rest)
    }
}
