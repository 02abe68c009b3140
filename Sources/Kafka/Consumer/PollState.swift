internal import CRdKafka
internal import Glibc

/// What belongs to the thread that polls: topics by name, header names, and the last offset of each partition.
struct PollState {
    struct Place {
        var last: Int64 = -1
        var mayRewind = true
    }

    var topics: [String] = []
    /// The names with their zero bytes, for one comparison a record.
    private var names: [ContiguousArray<CChar>] = []
    private var lastTopic = 0
    var headerNames: [String] = []
    private var headerTexts: [ContiguousArray<CChar>] = []
    private var wantsAllHeaders: Bool
    let copiesHeaders: Bool
    private var places: [[Place]] = []
    var seenChanges = 0
    /// The most records that the library's queue held since it was refilled last.
    var queuedMost = 0
    /// An error that came behind records: thrown by the next poll.
    var pending: KafkaError?

    private let registry: TopicRegistry

    init(headers: [String]?, registry: TopicRegistry) {
        self.registry = registry
        wantsAllHeaders = headers == nil
        copiesHeaders = headers?.isEmpty != true
        for name in headers ?? [] { _ = headerIndex(adding: name) }
    }

    private mutating func topicIndex(adding name: String) -> Int {
        let index = registry.index(of: name)
        for name in registry.all[topics.count...] {
            topics.append(name)
            names.append(name.utf8CString)
            places.append([])
        }
        return index
    }

    /// By comparing text: a topic's handle may be freed and its address used again.
    mutating func topicIndex(_ name: UnsafePointer<CChar>) -> Int {
        if lastTopic < names.count, matches(names[lastTopic], name) { return lastTopic }
        for index in names.indices where matches(names[index], name) {
            lastTopic = index
            return index
        }
        lastTopic = topicIndex(adding: String(cString: name))
        return lastTopic
    }

    private mutating func headerIndex(adding name: String) -> Int {
        headerNames.append(name)
        headerTexts.append(name.utf8CString)
        return headerNames.count - 1
    }

    /// nil: nobody wants it.
    mutating func headerIndex(_ name: UnsafePointer<CChar>) -> Int? {
        for index in headerTexts.indices where matches(headerTexts[index], name) { return index }
        return wantsAllHeaders && headerNames.count < 1000 ? headerIndex(adding: String(cString: name)) : nil
    }

    private func matches(_ text: ContiguousArray<CChar>, _ name: UnsafePointer<CChar>) -> Bool {
        text.withUnsafeBufferPointer { strcmp($0.baseAddress!, name) == 0 }
    }

    /// Takes note of an offset; the one before it, if it does not lie below and nothing allowed that.
    mutating func advance(topic: Int, partition: Int32, to offset: Int64) -> Int64? {
        let partition = Int(partition)
        if partition >= places[topic].count {
            places[topic].append(contentsOf: repeatElement(Place(), count: partition + 1 - places[topic].count))
        }
        let place = places[topic][partition]
        let rewinds = offset <= place.last
        guard !rewinds || place.mayRewind else { return place.last }
        places[topic][partition] = Place(last: offset, mayRewind: place.mayRewind && !rewinds && place.last >= 0)
        return nil
    }

    mutating func rewind(_ partition: TopicPartition) {
        guard let topic = topics.firstIndex(of: partition.topic), Int(partition.partition) < places[topic].count else { return }
        places[topic][Int(partition.partition)].mayRewind = true
    }

    mutating func rewindAll() {
        for topic in places.indices {
            for partition in places[topic].indices { places[topic][partition] = Place() }
        }
    }
}
