/// The header fields of a request, as one block of bytes: names in lower case, values without the space around them.
///
/// Looking a name up allocates nothing but the value's string; names are compared without regard to case by being kept in lower case.
public struct RequestHeaders: Sendable {
    /// The target, then for each field: length of name and of value (two bytes each, little-endian), name, value.
    let bytes: [UInt8]
    let targetCount: Int

    init(bytes: [UInt8], targetCount: Int) {
        self.bytes = bytes
        self.targetCount = targetCount
    }

    init(target: String, _ fields: [(name: String, value: String)]) {
        var bytes = Array(target.utf8)
        targetCount = bytes.count
        for field in fields {
            let name = field.name.utf8.map(ASCII.lower)
            let value = Array(field.value.utf8)
            bytes += [UInt8(truncatingIfNeeded: name.count), UInt8(truncatingIfNeeded: name.count >> 8)]
            bytes += [UInt8(truncatingIfNeeded: value.count), UInt8(truncatingIfNeeded: value.count >> 8)]
            bytes += name
            bytes += value
        }
        self.bytes = bytes
    }

    var target: String {
        bytes.withUnsafeBytes { String(decoding: UnsafeRawBufferPointer(rebasing: $0[..<targetCount]), as: UTF8.self) }
    }

    /// The first value of the field; nil when there is none. `name` is written in lower case.
    public func first(_ name: StaticString) -> String? {
        bytes.withUnsafeBytes { all in
            guard let value = Self.find(name, in: all, from: targetCount) else { return nil }
            return String(decoding: value, as: UTF8.self)
        }
    }

    /// Whether the first value of the field is `value`, without regard to case. Both are written in lower case.
    public func first(_ name: StaticString, is value: StaticString) -> Bool {
        bytes.withUnsafeBytes { all in
            guard let found = Self.find(name, in: all, from: targetCount), found.count == value.utf8CodeUnitCount else { return false }
            for index in 0..<found.count where ASCII.lower(found[index]) != value.utf8Start[index] { return false }
            return true
        }
    }

    /// The first value of the field, in any case.
    public subscript(_ name: String) -> String? { values(name).first }

    /// All values of the field in their order.
    public func values(_ name: String) -> [String] {
        let wanted = name.utf8.map(ASCII.lower)
        return bytes.withUnsafeBytes { all in
            var values: [String] = []
            Self.walk(all, from: targetCount) { name, value in
                if name.elementsEqual(wanted) { values.append(String(decoding: value, as: UTF8.self)) }
                return true
            }
            return values
        }
    }

    /// Every field in its order, names in lower case.
    public var all: [(name: String, value: String)] {
        bytes.withUnsafeBytes { all in
            var fields: [(name: String, value: String)] = []
            Self.walk(all, from: targetCount) { name, value in
                fields.append((String(decoding: name, as: UTF8.self), String(decoding: value, as: UTF8.self)))
                return true
            }
            return fields
        }
    }

    private static func find(_ name: StaticString, in all: UnsafeRawBufferPointer, from start: Int) -> UnsafeRawBufferPointer? {
        let wanted = UnsafeRawBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
        var found: UnsafeRawBufferPointer?
        walk(all, from: start) { name, value in
            guard name.count == wanted.count, name.elementsEqual(wanted) else { return true }
            found = value
            return false
        }
        return found
    }

    @inline(__always)
    private static func walk(
        _ all: UnsafeRawBufferPointer, from start: Int, _ visit: (_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) -> Bool
    ) {
        var at = start
        while at + 4 <= all.count {
            let nameCount = Int(all[at]) | Int(all[at + 1]) << 8
            let valueCount = Int(all[at + 2]) | Int(all[at + 3]) << 8
            let name = at + 4
            let value = name + nameCount
            at = value + valueCount
            let more = visit(UnsafeRawBufferPointer(rebasing: all[name..<value]), UnsafeRawBufferPointer(rebasing: all[value..<at]))
            guard more else { return }
        }
    }
}
