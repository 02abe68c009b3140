/// A small seeded generator (Steele, Lea, Flood: "Fast splittable pseudorandom number generators"), so that a failing history can be played again.
public struct SplitMix64: RandomNumberGenerator, Sendable {
    public var state: UInt64

    public init(seed: UInt64) {
        state = seed &* 0x9e37_79b9_7f4a_7c15 ^ 0xd1b5_4a32_d192_ed03
    }

    public mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var word = state
        word = (word ^ word >> 30) &* 0xbf58_476d_1ce4_e5b9
        word = (word ^ word >> 27) &* 0x94d0_49bb_1331_11eb
        return word ^ word >> 31
    }

    /// 0 ..< `bound`, 0 when there is nothing to choose from.
    public mutating func below(_ bound: Int) -> Int {
        bound <= 1 ? 0 : Int(next() % UInt64(bound))
    }

    /// A number of the range.
    public mutating func within(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + below(range.count)
    }

    /// True with that probability.
    public mutating func chance(_ probability: Double) -> Bool {
        unit() < probability
    }

    /// 0 ..< 1.
    public mutating func unit() -> Double {
        Double(next() >> 11) / Double(1 << 53)
    }

    /// One of them; the array must not be empty.
    public mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[below(elements.count)]
    }

    /// One of them, as often as its weight says.
    public mutating func pick<Element>(_ elements: [Element], weights: [Int]) -> Element {
        var rest = below(weights.reduce(0, +))
        for (element, weight) in zip(elements, weights) {
            if rest < weight { return element }
            rest -= weight
        }
        return elements[elements.count - 1]
    }
}
