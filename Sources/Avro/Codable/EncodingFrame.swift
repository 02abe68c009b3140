/// What is known of one value with parts while it tells them.
struct EncodingFrame {
    enum State {
        case untouched
        case record, map, array
        /// A single value was written.
        case single
        /// Collected in ``tree``: written at the end.
        case tree
        /// Told as values of several kinds: refused at the end.
        case mixed
    }

    /// A part that was not written in its place.
    struct Part {
        /// Of a record: the field.
        var position: Int
        /// Of a map whose entry is in `slot`.
        var key: String?
        /// Where its bytes are in the output.
        var range: Range<Int>
        /// What is written for it, where it has no bytes yet.
        var slot: TreeSlot?
    }

    /// Tells this value from all others of a run: who uses a container whose value is over is told so.
    let serial: Int
    /// Where the value stands in the schema.
    let place: CodingPlace
    var state = State.untouched
    /// Where the fields of a record begin in ``CodingGraph/fields``, and how many they are.
    var fieldsStart: Int32 = 0
    var fieldsCount: Int32 = 0
    /// Where the items of an array or map stand.
    var item: CodingPlace
    /// Where the output has the parts.
    var start = 0
    /// Where the parts end that stand in the schema's order, and how many they are.
    var orderedEnd = 0
    var ordered = 0
    /// What was told in another order; nil for none, so that there is no reference to count.
    var parts: [Part]?
    var tree: TreeSlot?
    /// The part that was opened last.
    var partStart = 0
    var partPosition = -1

    /// How many parts were told.
    var count: Int { ordered + (parts?.count ?? 0) }

    init(serial: Int, place: CodingPlace) {
        self.serial = serial
        self.place = place
        item = place
    }

    mutating func append(_ part: Part) {
        parts = parts ?? []
        parts?.append(part)
    }
}
