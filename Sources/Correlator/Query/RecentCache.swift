/// What was asked for lately, in two generations: when the young one is full it becomes the old one and the old one goes.
/// A hit in the old one moves to the young one. That is nearly "least recently used" for one dictionary hit, and holds between
/// `generationMax` and twice as many values.
struct RecentCache<Key: Hashable, Value> {
    let generationMax: Int
    private var young: [Key: Value] = [:]
    private var old: [Key: Value] = [:]

    init(generationMax: Int) { self.generationMax = generationMax }

    var count: Int { young.count + old.count }

    mutating func value(for key: Key) -> Value? {
        if let value = young[key] { return value }
        guard let value = old.removeValue(forKey: key) else { return nil }
        insert(value, for: key)
        return value
    }

    mutating func insert(_ value: Value, for key: Key) {
        if young.count >= generationMax {
            old = young
            young = [:]
        }
        young[key] = value
    }

    mutating func remove(_ key: Key) {
        young[key] = nil
        old[key] = nil
    }

    mutating func removeAll() {
        young = [:]
        old = [:]
    }
}
