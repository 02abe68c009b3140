/// What a rewriting does, compiled: a flat table of nodes, so that recursive types need no cycle of references.
struct RewritePlan: Sendable {
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
        /// By the writer's symbol; -1: the reader has no such symbol and no default.
        case symbols([Int32])
        case record([Step])
        /// The writer's fields in its order, then what the reader's order wants of them.
        case reordered(fields: [Int], output: [Output])
        case array(item: Int, itemBytesMin: Int)
        case map(value: Int, valueBytesMin: Int)
        /// By the writer's branch; -1: the reader cannot take it.
        case branches([Int])
        /// Into a branch of the reader's union.
        case into(branch: Int32, Int)
        /// Bounds recursion.
        case nested(Int)
    }

    /// A part of a record whose fields stand in the reader's order.
    enum Step: Sendable {
        /// Fields that are the same for both: found and copied as one run.
        case copy([Int])
        /// A field that changes on the way.
        case rewrite(Int)
        /// A field that the reader does not have.
        case skip(Int)
        /// A field that the writer does not have.
        case preset([UInt8])
    }

    /// A field of a record whose fields stand in another order.
    enum Output: Sendable {
        /// The writer's field of that position.
        case field(position: Int, node: Int)
        /// A field that the writer does not have.
        case preset([UInt8])
    }

    var nodes: [Node] = []
    var root = 0
    /// Whether the bytes are the same for both schemas.
    var isIdentity = false
}
