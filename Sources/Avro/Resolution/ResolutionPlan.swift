/// How to read what one schema wrote as another schema has it, laid out flat: trivial structs in memory that never changes.
final class ResolutionPlan: Sendable {
    enum Operation: UInt8 {
        case null, boolean, int, long, float, double, bytes, string, fixed, symbol, record, array, map
        /// The writer has a union: `a` is the place of the branches' nodes in `numbers`, `b` how many.
        case union
        /// The reader alone has a union: `a` is its branch, `b` the node.
        case wrap
        case intToLong, intToFloat, intToDouble, longToFloat, longToDouble, floatToDouble, stringToBytes, bytesToString
        /// What was written cannot be read: `a` is a message, `b` in `messages` the field that is missing or -1.
        case impossible
    }

    /// fixed: `a` size. symbol: `a` place of the reader's positions in `numbers`, `b` symbols of the writer.
    /// record: `a` first step, `b` steps, `c` fields of the reader, `d` 1 when the steps are not in the reader's order. array, map: `a` node.
    struct Node {
        var operation: Operation
        /// Whether the writer's bytes are the reader's.
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
    let nodeCount: Int
    nonisolated(unsafe) let steps: UnsafeMutablePointer<Step>
    nonisolated(unsafe) let numbers: UnsafeMutablePointer<Int32>
    let messages: [String]
    /// Defaults in binary form, and as values.
    let fallbacks: [[UInt8]]
    let values: [GenericValue]

    init(_ compiler: consuming ResolutionCompiler, root: Int32, values: [GenericValue]) {
        self.root = root
        nodes = Self.memory(compiler.nodes)
        nodeCount = compiler.nodes.count
        steps = Self.memory(compiler.steps)
        numbers = Self.memory(compiler.numbers)
        messages = compiler.messages
        fallbacks = compiler.fallbacks
        self.values = values
    }

    /// The tables, for a walk that counts no references.
    var tables: ResolutionTables { ResolutionTables(nodes: nodes, steps: steps, numbers: numbers, owner: Unmanaged.passUnretained(self)) }

    deinit {
        nodes.deallocate()
        steps.deallocate()
        numbers.deallocate()
    }

    static func memory<Element>(_ elements: [Element]) -> UnsafeMutablePointer<Element> {
        let memory = UnsafeMutablePointer<Element>.allocate(capacity: max(1, elements.count))
        memory.initialize(from: elements, count: elements.count)
        return memory
    }
}

/// A plan's tables without a reference to it: whoever walks them holds the plan.
struct ResolutionTables {
    let nodes: UnsafeMutablePointer<ResolutionPlan.Node>
    let steps: UnsafeMutablePointer<ResolutionPlan.Step>
    let numbers: UnsafeMutablePointer<Int32>
    fileprivate let owner: Unmanaged<ResolutionPlan>

    init(
        nodes: UnsafeMutablePointer<ResolutionPlan.Node>, steps: UnsafeMutablePointer<ResolutionPlan.Step>,
        numbers: UnsafeMutablePointer<Int32>, owner: Unmanaged<ResolutionPlan>
    ) {
        self.nodes = nodes
        self.steps = steps
        self.numbers = numbers
        self.owner = owner
    }

    /// A name or a reason.
    @inline(never)
    func message(_ number: Int32) -> String { owner._withUnsafeGuaranteedRef { $0.messages[Int(number)] } }
    /// A default as a value.
    func value(_ number: Int32) -> GenericValue { owner._withUnsafeGuaranteedRef { $0.values[Int(number)] } }
    /// A default in binary form.
    func fallback(_ number: Int32) -> [UInt8] { owner._withUnsafeGuaranteedRef { $0.fallbacks[Int(number)] } }
}
