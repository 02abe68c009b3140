/// How to read what one schema wrote as another schema has it, laid out flat: trivial structs in memory that never changes.
final class ResolutionPlan: Sendable {
    enum Operation: UInt8 {
        case null, boolean, int, long, float, double, bytes, string, fixed, symbol, record, array, map
        /// The writer has a union: `a` is the place of the branches' nodes in `numbers`, `b` how many.
        case union
        /// The reader alone has a union: `a` is its branch, `b` the node.
        case wrap
        case intToLong, intToFloat, intToDouble, longToFloat, longToDouble, floatToDouble, stringToBytes, bytesToString
        /// What was written cannot be read: `a` is a message.
        case impossible
    }

    /// fixed: `a` size. symbol: `a` place of the reader's positions in `numbers`, `b` symbols of the writer.
    /// record: `a` first step, `b` steps, `c` fields of the reader, `d` 1 when the steps are not in the reader's order. array, map: `a` node.
    struct Node {
        var operation: Operation
        var isIdentity = false
        var a: Int32 = 0
        var b: Int32 = 0
        var c: Int32 = 0
        var d: Int32 = 0
        /// The least number of bytes that the writer's value takes.
        var bytesMin: Int32 = 0
    }

    /// One step of a record.
    struct Step {
        /// The reader's field; -1 when the writer's is skipped.
        var position: Int32
        /// How to read it; of a default -1.
        var node: Int32
        /// The default's number; -1 for none.
        var fallback: Int32
        /// The field's name in `messages`.
        var name: Int32
    }

    let root: Int32
    /// Sendable: the memory below is written in `init` only and freed in `deinit`.
    nonisolated(unsafe) let nodes: UnsafeMutablePointer<Node>
    nonisolated(unsafe) let steps: UnsafeMutablePointer<Step>
    nonisolated(unsafe) let numbers: UnsafeMutablePointer<Int32>
    let messages: [String]
    /// Defaults in binary form, and as values.
    let fallbacks: [[UInt8]]
    let values: [GenericValue]

    init(_ compiler: consuming ResolutionCompiler, root: Int32, values: [GenericValue]) {
        self.root = root
        nodes = Self.memory(compiler.nodes)
        steps = Self.memory(compiler.steps)
        numbers = Self.memory(compiler.numbers)
        messages = compiler.messages
        fallbacks = compiler.fallbacks
        self.values = values
    }

    deinit {
        nodes.deallocate()
        steps.deallocate()
        numbers.deallocate()
    }

    private static func memory<Element>(_ elements: [Element]) -> UnsafeMutablePointer<Element> {
        let memory = UnsafeMutablePointer<Element>.allocate(capacity: max(1, elements.count))
        memory.initialize(from: elements, count: elements.count)
        return memory
    }
}
