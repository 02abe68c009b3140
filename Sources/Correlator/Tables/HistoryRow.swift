internal import Core

/// The events of one job that one commit brought, as one row: 30 bytes an event and its source, which is not repeated when it is the
/// one before it. The row's key is (partition, id, topic kind and offset of its first event), so that rows of a job are never rewritten.
struct HistoryRow {
    /// Which of an operation's topics an event lies in.
    enum Track: UInt8 {
        case requests = 0
        case responses = 1
    }

    struct Event: Equatable {
        let track: Track
        let offset: Int64
        let time: Int64
        let type: UInt8
        let outcome: Change.Outcome
        let attempt: Int32
        let sequence: Int64
        let source: String
        /// What a person wants to know of it.
        let note: String
    }

    private(set) var bytes: [UInt8] = []
    private(set) var firstTrack: UInt8 = 0
    private(set) var firstOffset: Int64 = 0
    private var lastSource = ""

    var isEmpty: Bool { bytes.isEmpty }

    mutating func append(_ event: Event) {
        if bytes.isEmpty {
            bytes.reserveCapacity(128)
            firstTrack = event.track.rawValue
            firstOffset = event.offset
        }
        bytes.append(event.track.rawValue | event.outcome.rawValue << 1)
        bytes.append(event.type)
        append(UInt64(bitPattern: event.offset), 8)
        append(UInt64(bitPattern: event.time), 8)
        append(UInt64(bitPattern: Int64(event.attempt)), 4)
        append(UInt64(bitPattern: event.sequence), 6)
        if event.source == lastSource {
            bytes.append(255)
        } else {
            let text = event.source.utf8.prefix(254)
            bytes.append(UInt8(text.count))
            bytes.append(contentsOf: text)
            lastSource = event.source
        }
        let note = event.note.utf8.prefix(Self.noteBytesMax)
        bytes.append(UInt8(note.count))
        bytes.append(contentsOf: note)
    }

    static let noteBytesMax = 200

    private mutating func append(_ value: UInt64, _ count: Int) {
        var value = value
        for _ in 0..<count {
            bytes.append(UInt8(truncatingIfNeeded: value))
            value >>= 8
        }
    }

    /// Reads a row; an event that does not fit ends it.
    static func events(_ bytes: ArraySlice<UInt8>) -> [Event] {
        var events: [Event] = []
        var position = bytes.startIndex
        var source = ""
        func number(_ count: Int) -> UInt64 {
            var value: UInt64 = 0
            for index in 0..<count { value |= UInt64(bytes[position + index]) << UInt64(8 * index) }
            position += count
            return value
        }
        func text(_ length: Int) -> String? {
            guard position + length <= bytes.endIndex else { return nil }
            defer { position += length }
            return String(decoding: bytes[position..<(position + length)], as: UTF8.self)
        }
        while position + 30 <= bytes.endIndex {
            let head = bytes[position]
            let type = bytes[position + 1]
            position += 2
            let offset = Int64(bitPattern: number(8))
            let time = Int64(bitPattern: number(8))
            let attempt = Int32(truncatingIfNeeded: number(4))
            let sequence = Int64(bitPattern: number(6))
            let length = Int(bytes[position])
            position += 1
            if length != 255 {
                guard let text = text(length) else { return events }
                source = text
            }
            guard position < bytes.endIndex else { return events }
            position += 1
            guard let note = text(Int(bytes[position - 1])) else { return events }
            guard let track = Track(rawValue: head & 1), let outcome = Change.Outcome(rawValue: head >> 1) else { return events }
            events.append(
                Event(
                    track: track, offset: offset, time: time, type: type, outcome: outcome, attempt: attempt, sequence: sequence,
                    source: source,
                    note: note))
        }
        return events
    }
}
