internal import Core
internal import Store

extension JobTables {
    /// Partial results with an index above `after`, in order.
    func parts(_ partition: Int32, _ id: RequestID, after: Int, limit: Int) -> [PartEntry] {
        var key = Self.key(partition, id)
        key.append(Int64(after))
        var range = KeyRange.prefix(Self.key(partition, id).bytes)
        range.lower = .excluding(key.bytes)
        var found: [PartEntry] = []
        scan(parts, range, limit: limit) { key, value in
            var place = ByteKeyReader(key.array)
            _ = place.bytes(18)
            var reader = ByteKeyReader(value.array)
            guard let index = place.int64(), let attempt = reader.int64(), let time = reader.int64(), let schema = reader.uint64() else {
                return
            }
            found.append(
                PartEntry(
                    index: Int(index), payload: Payload(schema: UInt32(truncatingIfNeeded: schema), bytes: Array(reader.rest)),
                    time: Timestamp(milliseconds: time), attempt: Int(attempt)))
        }
        return found
    }

    /// A job's events: requests and responses, by their times and within a topic by offset.
    func history(_ partition: Int32, _ id: RequestID) -> [HistoryRow.Event] {
        var events: [HistoryRow.Event] = []
        scan(history, .prefix(Self.key(partition, id).bytes)) { _, value in events += HistoryRow.events(value.array[...]) }
        var requests = events.filter { $0.track == .requests }.sorted { $0.offset < $1.offset }[...]
        var merged: [HistoryRow.Event] = []
        // Only `.responses` orders a job's life: a request goes before the first event that is not older.
        for event in events.filter({ $0.track == .responses }).sorted(by: { $0.offset < $1.offset }) {
            while let request = requests.first, request.time <= event.time, request.attempt <= max(event.attempt, 1) {
                merged.append(requests.removeFirst())
            }
            merged.append(event)
        }
        return merged + requests
    }

    func setAside(limit: Int) -> [SetAsideRecord] {
        var found: [SetAsideRecord] = []
        scan(garbage, KeyRange.all, limit: limit) { key, value in
            let bytes = key.array
            guard bytes.count > 11, let partition = ByteKeyReader(bytes).firstPartition else { return }
            var place = ByteKeyReader(Array(bytes.suffix(8)))
            var reader = ByteKeyReader(value.array)
            guard let offset = place.int64(), let time = reader.int64() else { return }
            found.append(
                SetAsideRecord(
                    topic: String(decoding: bytes[2..<(bytes.count - 9)], as: UTF8.self), partition: partition, offset: offset,
                    time: Timestamp(milliseconds: time), detail: String(decoding: reader.rest, as: UTF8.self)))
        }
        return found
    }
}

extension ByteKeyReader {
    /// The partition that a key begins with.
    var firstPartition: Int32? {
        var copy = self
        return copy.uint16().map { Int32($0) }
    }
}
