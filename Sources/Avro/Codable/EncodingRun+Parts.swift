/// The parts of the innermost value. `key` is nil for the items of an array; `serial` tells whose container it is.
///
/// Texts and numbers, which are most parts, have ways of their own: in an ``EncodingTree`` each would be copied and destroyed.
extension EncodingRun {
    /// A part of any type.
    func append<Value: Encodable>(_ value: Value, _ key: String?, _ serial: Int) throws {
        let place = try open(key, serial)
        do { try write(value, place) } catch { throw failed(error, key) }
        close()
    }

    /// A part without parts of its own.
    func append(_ tree: EncodingTree, _ key: String?, _ serial: Int) throws(AvroError) {
        let place = try open(key, serial)
        do throws(AvroError) { try write(tree, place) } catch { throw failed(error, key) }
        close()
    }

    /// A text.
    func append(_ text: String, _ key: String?, _ serial: Int) throws(AvroError) {
        let place = try open(key, serial)
        do throws(AvroError) { try write(text, place) } catch { throw failed(error, key) }
        close()
    }

    /// A number.
    func append(_ number: Int64, _ key: String?, _ serial: Int) throws(AvroError) {
        let place = try open(key, serial)
        do throws(AvroError) { try write(number, place) } catch { throw failed(error, key) }
        close()
    }

    /// A property that is nil: as if the type lacked it.
    func appendAbsent(_ key: String, _ serial: Int) throws(AvroError) {
        guard frame.state == .record else { return try append(.null, key, serial) }
        _ = try open(key, serial)
        if let null = graph.fields[Int(frame.fieldsStart) &+ frame.partPosition].null {
            out.writeByte(null)
        } else {
            do throws(AvroError) {
                try writer.absent(frame.partPosition, node(frame.place), &out)
            } catch {
                throw failed(error, key)
            }
        }
        close()
    }

    /// A part that is told later.
    func slot(_ key: String?, _ serial: Int) -> TreeSlot {
        let slot = TreeSlot()
        guard serial == frame.serial else { return slot }
        var position = frame.count
        // A field that there is not is told at the end, since this cannot throw.
        if frame.state == .record { position = node(frame.place).fieldPositions[key ?? ""] ?? -1 }
        frame.append(EncodingFrame.Part(position: position, key: key, range: out.count..<out.count, slot: slot))
        return slot
    }

    /// Begins a part: where it stands. Of a record the field of that name, of a map the entry, of an array the next item.
    @inline(__always)
    private func open(_ key: String?, _ serial: Int) throws(AvroError) -> CodingPlace {
        guard serial == frame.serial else {
            throw AvroError(.valueUnfit, operation: "encode", detail: "a container is used whose value is over", place: key ?? "")
        }
        guard frame.state == .record else {
            frame.partStart = out.count
            if let key { out.writeString(key) }
            return frame.item
        }
        let position = try position(of: key ?? "")
        frame.partStart = out.count
        frame.partPosition = position
        return graph.fields[Int(frame.fieldsStart) &+ position].place
    }

    /// The field that comes next, if properties stand in the schema's order; else it is searched.
    @inline(__always)
    private func position(of name: String) throws(AvroError) -> Int {
        let next = frame.partPosition &+ 1
        if next < frame.fieldsCount, graph.fields[Int(frame.fieldsStart) &+ next].name == name { return next }
        return try search(name)
    }

    @inline(never)
    private func search(_ name: String) throws(AvroError) -> Int {
        let record = node(frame.place)
        guard let position = record.fieldPositions[name] else {
            throw AvroError(.valueUnfit, operation: "encode", detail: "\(record.name) has no field \(name)")
        }
        guard position >= frame.ordered else {
            throw AvroError(.valueUnfit, operation: "encode", detail: "the field is written twice", place: name)
        }
        return position
    }

    /// Ends the part that was opened last.
    @inline(__always)
    private func close() {
        guard frame.parts == nil, frame.state != .record || frame.partPosition == frame.ordered else { return closeUnordered() }
        frame.ordered += 1
        frame.orderedEnd = out.count
    }

    @inline(never)
    private func closeUnordered() {
        var position = frame.count
        if frame.state == .record { position = frame.partPosition }
        frame.append(EncodingFrame.Part(position: position, range: frame.partStart..<out.count))
    }

    /// Takes back what was written of a part, and says which it was.
    @inline(never)
    private func failed(_ error: AvroError, _ key: String?) -> AvroError {
        out.truncate(to: frame.partStart)
        return error.inside(key ?? "[\(frame.count)]")
    }

    @inline(never)
    private func failed(_ error: any Error, _ key: String?) -> any Error {
        if let error = error as? AvroError { return failed(error, key) }
        out.truncate(to: frame.partStart)
        return error
    }

    // MARK: A value without parts

    /// The single value of a place.
    func appendWhole(_ tree: EncodingTree, _ serial: Int) throws(AvroError) {
        try beginWhole(serial)
        try write(tree, frame.place)
    }

    /// A value in the place of another.
    func appendWhole<Value: Encodable>(_ value: Value, _ serial: Int) throws {
        try beginWhole(serial)
        try write(value, frame.place)
    }

    private func beginWhole(_ serial: Int) throws(AvroError) {
        guard serial == frame.serial, frame.state == .untouched else {
            throw AvroError(.valueUnfit, operation: "encode", detail: "a second value in the place of one")
        }
        frame.state = .single
    }
}
