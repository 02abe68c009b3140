/// What a rewriting does, compiled: flat tables of trivial values, so that recursive types need no cycle of references and a walk counts none.
struct RewritePlan: Sendable {
    /// A part of one of the tables.
    struct List: Sendable {
        var start = 0
        var count = 0

        var range: Range<Int> { start..<start + count }
    }

    /// How one place is carried over.
    enum Node: Sendable {
        /// Under construction; never run.
        case pending
        case null
        case boolean
        case int
        case long
        case float
        case double
        /// Length-prefixed; strings need no validation here, the reader of the result does that, but bytes that become a string do.
        case run(validated: Bool)
        case fixed(Int)
        case longToFloat
        case longToDouble
        case floatToDouble
        /// By the writer's symbol, in `numbers`; -1: the reader has no such symbol and no default.
        case symbols(List)
        /// In `steps`.
        case record(List)
        /// The writer's fields in its order, in `numbers`, then what the reader's order wants of them, in `steps`.
        case reordered(fields: List, output: List)
        case array(item: Int, itemBytesMin: Int)
        case map(value: Int, valueBytesMin: Int)
        /// By the writer's branch, in `numbers`; -1: the reader cannot take it.
        case branches(List)
        /// Into a branch of the reader's union.
        case into(branch: Int32, Int)
        /// Bounds recursion.
        case nested(Int)
    }

    /// A part of a record.
    enum Step: Sendable {
        /// Fields that are the same for both, in `numbers`: found and copied as one run.
        case copy(List)
        /// A field that changes on the way.
        case rewrite(Int)
        /// A field that the reader does not have.
        case skip(Int)
        /// The writer's field of that position, of a record whose fields stand in another order.
        case field(position: Int, node: Int)
        /// A field that the writer does not have, in `bytes`.
        case preset(List)
    }

    var nodes: [Node] = []
    var steps: [Step] = []
    var numbers: [Int] = []
    var bytes: [UInt8] = []
    var root = 0
    /// Whether the bytes are the same for both schemas.
    var isIdentity = false

    mutating func add(_ node: Node) -> Int {
        nodes.append(node)
        return nodes.count - 1
    }

    mutating func add(numbers: [Int]) -> List {
        defer { self.numbers += numbers }
        return List(start: self.numbers.count, count: numbers.count)
    }

    mutating func add(steps: [Step]) -> List {
        defer { self.steps += steps }
        return List(start: self.steps.count, count: steps.count)
    }

    mutating func add(bytes: [UInt8]) -> List {
        defer { self.bytes += bytes }
        return List(start: self.bytes.count, count: bytes.count)
    }
}
