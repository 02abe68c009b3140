import Glibc

/// Reads a CSV (RFC 4180, with what real files have: LF or CRLF, a UTF-8 byte order mark, a semicolon or tab instead of the comma, no
/// line end at the end) in memory that does not grow with the file: one buffer, in which each record is parsed in place.
///
/// Blank lines are skipped. A quote inside an unquoted field is taken as it is; text behind a closing quote is a fault, as is a quote
/// that is never closed and a record larger than the buffer.
struct CSVReader: ~Copyable {
    typealias Source = (UnsafeMutableRawBufferPointer) throws -> Int

    private let buffer: UnsafeMutableRawBufferPointer
    private var fields: [CSVRow.Field] = []
    private var filled = 0
    private var position = 0
    private var ended = false
    private var begun = false
    private var separator = UInt8(ascii: ",")
    private(set) var line = 1
    /// Bytes taken from the source so far.
    private(set) var consumed = 0

    /// `recordBytesMax` bounds one record; the buffer is that large.
    init(recordBytesMax: Int = 1 << 20) {
        buffer = .allocate(byteCount: max(recordBytesMax, 64), alignment: 16)
        fields.reserveCapacity(64)
    }

    deinit { buffer.deallocate() }

    /// Calls `row` for each record of `source` (which fills the memory it is given and says how much; 0 is the end) until the end.
    mutating func read(_ source: Source, row: (borrowing CSVRow) throws -> Void) throws {
        while true {
            try fill(source)
            if !begun { begin() }
            let begunAt = position
            while try record(row) {}
            if ended { return }
            if position == begunAt && filled == buffer.count {
                throw CSVFault(line: line, detail: "a record is longer than \(buffer.count) bytes; is a quote not closed?")
            }
        }
    }

    private mutating func fill(_ source: Source) throws {
        if position > 0 {
            memmove(buffer.baseAddress!, buffer.baseAddress! + position, filled - position)
            filled -= position
            position = 0
        }
        while filled < buffer.count && !ended {
            let count = try source(UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
            if count <= 0 { ended = true }
            filled += max(count, 0)
            consumed += max(count, 0)
        }
    }

    /// Skips the byte order mark and takes the separator that the first line has most of.
    private mutating func begin() {
        begun = true
        if filled >= 3 && buffer[0] == 0xEF && buffer[1] == 0xBB && buffer[2] == 0xBF { position = 3 }
        var counts: (comma: Int, semicolon: Int, tab: Int) = (0, 0, 0)
        var quoted = false
        var index = position
        scan: while index < filled {
            switch buffer[index] {
            case UInt8(ascii: "\""): quoted.toggle()
            case UInt8(ascii: ",") where !quoted: counts.comma += 1
            case UInt8(ascii: ";") where !quoted: counts.semicolon += 1
            case UInt8(ascii: "\t") where !quoted: counts.tab += 1
            case UInt8(ascii: "\n") where !quoted: break scan
            default: break
            }
            index += 1
        }
        if counts.semicolon > counts.comma && counts.semicolon >= counts.tab { separator = UInt8(ascii: ";") }
        if counts.tab > counts.comma && counts.tab > counts.semicolon { separator = UInt8(ascii: "\t") }
    }

    /// Parses one record and hands it over; false when the buffer holds no whole one (nothing is then taken).
    private mutating func record(_ row: (borrowing CSVRow) throws -> Void) throws -> Bool {
        let bytes = UnsafeMutableRawBufferPointer(rebasing: buffer[0..<filled])
        var index = position
        var lines = 0
        fields.removeAll(keepingCapacity: true)
        while true {
            guard index < filled || ended else { return false }
            if index < filled && bytes[index] == UInt8(ascii: "\"") {
                guard let end = try quotedField(bytes, from: index, lines: &lines) else { return false }
                index = end
            } else {
                var end = index
                while end < filled && bytes[end] != separator && bytes[end] != UInt8(ascii: "\n") { end += 1 }
                if end == filled && !ended { return false }
                let atLineEnd = end == filled || bytes[end] == UInt8(ascii: "\n")
                let stop = atLineEnd && end > index && bytes[end - 1] == UInt8(ascii: "\r") ? end - 1 : end
                fields.append(CSVRow.Field(start: index, end: stop, quoted: false))
                index = end
            }
            if index < filled && bytes[index] == separator {
                index += 1
                continue
            }
            // The end of the record: a line feed or the end of the file.
            let blank = fields.count == 1 && fields[0].start == fields[0].end && !fields[0].quoted
            if index >= filled && blank { return false }
            index = min(index + 1, filled)
            let begins = line
            line += lines + 1
            position = index
            if blank { return true }
            for field in fields.indices where fields[field].doubled { fields[field].end = singled(bytes, fields[field]) }
            try fields.withUnsafeBufferPointer { fields in
                try row(CSVRow(bytes: UnsafeRawBufferPointer(bytes), fields: fields, line: begins))
            }
            return true
        }
    }

    /// Parses the quoted field at `start`; gives the index behind it, or nil when the buffer ends in it (the record is then parsed again
    /// with more of it, so nothing is changed in place before the record is whole).
    private mutating func quotedField(_ bytes: UnsafeMutableRawBufferPointer, from start: Int, lines: inout Int) throws -> Int? {
        var index = start + 1
        var doubled = false
        while true {
            guard index < filled else {
                if ended { throw CSVFault(line: line + lines, detail: "a quote that is opened here or before is never closed") }
                return nil
            }
            if bytes[index] == UInt8(ascii: "\n") { lines += 1 }
            guard bytes[index] == UInt8(ascii: "\"") else {
                index += 1
                continue
            }
            if index + 1 == filled && !ended { return nil }
            guard index + 1 < filled && bytes[index + 1] == UInt8(ascii: "\"") else { break }
            doubled = true
            index += 2
        }
        var behind = index + 1
        if behind < filled && bytes[behind] == UInt8(ascii: "\r") { behind += 1 }
        if behind == filled && !ended { return nil }
        guard behind >= filled || bytes[behind] == separator || bytes[behind] == UInt8(ascii: "\n") else {
            throw CSVFault(line: line + lines, detail: "text stands behind a closing quote")
        }
        fields.append(CSVRow.Field(start: start + 1, end: index, quoted: true, doubled: doubled))
        return behind
    }

    /// Makes doubled quotes single in place; gives the new end of the field.
    private func singled(_ bytes: UnsafeMutableRawBufferPointer, _ field: CSVRow.Field) -> Int {
        var (from, to) = (field.start, field.start)
        while from < field.end {
            bytes[to] = bytes[from]
            from += bytes[from] == UInt8(ascii: "\"") ? 2 : 1
            to += 1
        }
        return to
    }
}
