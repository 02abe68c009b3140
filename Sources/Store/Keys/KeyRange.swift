/// The keys from one bound to another, in one direction. Keys are ordered as `memcmp` orders them.
public struct KeyRange: Sendable, Hashable {
    /// One end of a range.
    public enum Bound: Sendable, Hashable {
        /// As far as there are keys.
        case none
        /// Up to this key and with it.
        case including([UInt8])
        /// Up to this key and without it.
        case excluding([UInt8])
    }

    /// Where the range begins.
    public var lower: Bound
    /// Where it ends.
    public var upper: Bound
    /// From the highest key to the lowest.
    public var isBackward: Bool

    /// The keys between two bounds.
    public init(lower: Bound = .none, upper: Bound = .none, isBackward: Bool = false) {
        self.lower = lower
        self.upper = upper
        self.isBackward = isBackward
    }

    /// Every key.
    public static let all = KeyRange()

    /// The keys that begin with `prefix`.
    public static func prefix(_ prefix: [UInt8]) -> KeyRange {
        if prefix.isEmpty { return .all }
        var next = prefix
        while let last = next.last {
            if last < 0xff {
                next[next.count - 1] = last + 1
                return KeyRange(lower: .including(prefix), upper: .excluding(next))
            }
            next.removeLast()
        }
        return KeyRange(lower: .including(prefix))
    }

    /// The same keys from the highest to the lowest.
    public var backward: KeyRange {
        var range = self
        range.isBackward = true
        return range
    }

    /// The part of the range that comes behind `key` in its direction, as the next page of a listing needs it. Set the direction first.
    public func after(_ key: [UInt8]) -> KeyRange {
        var range = self
        if isBackward { range.upper = .excluding(key) } else { range.lower = .excluding(key) }
        return range
    }
}
