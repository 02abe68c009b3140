/// How generated types read what another schema wrote: a resolution laid out by the reader's fields, so that a field that did not change costs one
/// look at a mark. What generated coders call is public; nobody else needs it.
public final class TypedPlan: Sendable {
    /// One field of a record of the reader, or, behind the last of a record, its end.
    struct Field {
        /// Nodes of the writer's fields that stand before it and that the reader lacks: where they begin, and how many.
        var skips: Int32
        var skipCount: Int32
        /// How to read it; -1: by its default.
        var node: Int32
        /// Whether the writer's bytes are the reader's.
        var isIdentity: Bool
        /// The default: where it begins, and how many bytes.
        var fallback: Int32
        var fallbackCount: Int32
        /// The field's name in the plan's messages; -1 for the end.
        var name: Int32
    }

    /// What a field's mark says.
    enum Mark {
        /// Read it as one's own; nothing stands before it.
        static let same: UInt8 = 1
        /// The same, and the datum ends with it.
        static let sameToEnd: UInt8 = 3
    }

    let plan: ResolutionPlan
    /// Sendable: the tables below are written in `init` only and freed in `deinit`.
    nonisolated(unsafe) let fields: UnsafeMutablePointer<Field>
    nonisolated(unsafe) let skips: UnsafeMutablePointer<Int32>
    /// All defaults, in binary form.
    nonisolated(unsafe) let fallbacks: UnsafeMutablePointer<UInt8>
    /// By node: where the fields of a record begin; -1 for other nodes and for records whose fields stand in another order, which are rewritten.
    nonisolated(unsafe) let starts: UnsafeMutablePointer<Int32>
    /// By node: whether the datum ends with it, wherever it occurs.
    let isEnd: [Bool]
    /// One mark a field.
    @usableFromInline nonisolated(unsafe) let marks: UnsafeMutablePointer<UInt8>

    init(_ plan: ResolutionPlan) {
        self.plan = plan
        isEnd = Self.ends(plan)
        let layout = TypedLayout(plan, isEnd)
        fields = ResolutionPlan.memory(layout.fields)
        skips = ResolutionPlan.memory(layout.skips)
        fallbacks = ResolutionPlan.memory(layout.fallbacks)
        starts = ResolutionPlan.memory(layout.starts)
        marks = ResolutionPlan.memory(layout.marks)
    }

    deinit {
        fields.deallocate()
        skips.deallocate()
        fallbacks.deallocate()
        starts.deallocate()
        marks.deallocate()
    }

    /// The step of a record that reads the last of what was written.
    static func lastWritten(_ plan: ResolutionPlan, _ node: ResolutionPlan.Node) -> Int? {
        (Int(node.a)..<Int(node.a + node.b)).last { plan.steps[$0].node >= 0 }
    }

    /// Which nodes are read last, wherever they occur: a part of the root's end, and of nothing else.
    private static func ends(_ plan: ResolutionPlan) -> [Bool] {
        var isEnd = [Bool](repeating: false, count: plan.nodeCount)
        var isSeen = isEnd
        var waiting: [(node: Int32, isEnd: Bool)] = [(plan.root, true)]
        while let (index, wanted) = waiting.popLast() {
            if isSeen[Int(index)], wanted || !isEnd[Int(index)] { continue }
            isSeen[Int(index)] = true
            isEnd[Int(index)] = wanted
            let node = plan.nodes[Int(index)]
            switch node.operation {
            case .array, .map: waiting.append((node.a, false))
            case .wrap: waiting.append((node.b, wanted))
            case .union: for branch in 0..<node.b { waiting.append((plan.numbers[Int(node.a + branch)], wanted)) }
            case .record:
                let last = node.d == 0 ? lastWritten(plan, node) : nil
                for step in Int(node.a)..<Int(node.a + node.b) where plan.steps[step].node >= 0 {
                    waiting.append((plan.steps[step].node, wanted && step == last))
                }
            default: break
            }
        }
        return isEnd
    }
}

/// The tables of a ``TypedPlan`` while they are filled.
struct TypedLayout {
    private(set) var fields: [TypedPlan.Field] = []
    private(set) var skips: [Int32] = []
    private(set) var fallbacks: [UInt8] = []
    private(set) var starts: [Int32] = []
    private(set) var marks: [UInt8] = []

    init(_ plan: ResolutionPlan, _ isEnd: [Bool]) {
        for index in 0..<plan.nodeCount {
            let isRecord = plan.nodes[index].operation == .record && plan.nodes[index].d == 0
            starts.append(isRecord ? Int32(fields.count) : -1)
            if isRecord { lay(plan, plan.nodes[index], isEnd[index]) }
        }
    }

    private mutating func lay(_ plan: ResolutionPlan, _ node: ResolutionPlan.Node, _ isEnd: Bool) {
        let last = TypedPlan.lastWritten(plan, node)
        var pending = Int32(skips.count)
        for at in Int(node.a)..<Int(node.a + node.b) {
            let step = plan.steps[at]
            if step.position < 0 {
                skips.append(step.node)
                continue
            }
            let isIdentity = step.node >= 0 && plan.nodes[Int(step.node)].isIdentity
            let isSame = isIdentity && pending == skips.count
            let fallback = step.node < 0 ? plan.fallbacks[Int(step.fallback)] : []
            marks.append(!isSame ? 0 : isEnd && at == last ? TypedPlan.Mark.sameToEnd : TypedPlan.Mark.same)
            fields.append(
                TypedPlan.Field(
                    skips: pending, skipCount: Int32(skips.count) - pending, node: step.node, isIdentity: isIdentity,
                    fallback: Int32(fallbacks.count), fallbackCount: Int32(fallback.count), name: step.name))
            fallbacks += fallback
            pending = Int32(skips.count)
        }
        let skipCount = Int32(skips.count) - pending
        marks.append(skipCount == 0 ? TypedPlan.Mark.same : 0)
        fields.append(
            TypedPlan.Field(skips: pending, skipCount: skipCount, node: -1, isIdentity: false, fallback: 0, fallbackCount: 0, name: -1))
    }
}

/// The fields of one record of a ``TypedPlan``.
@frozen
public struct TypedFields {
    @usableFromInline let marks: UnsafeMutablePointer<UInt8>
    @usableFromInline let start: Int

    @usableFromInline
    init(marks: UnsafeMutablePointer<UInt8>, start: Int) {
        self.marks = marks
        self.start = start
    }

    /// Whether a field is read as one's own.
    @inlinable @inline(__always)
    public func isSame(_ index: Int) -> Bool { marks[index] != 0 }

    /// Whether a field is read as one's own and the datum ends with it.
    @inlinable @inline(__always)
    public func isSameToEnd(_ index: Int) -> Bool { marks[index] == 3 }
}

/// The branch of a union that was written.
@frozen
public struct TypedBranch {
    /// Its position in the reader's union.
    public let index: Int
    /// How to read its value.
    public let node: Int
    /// Whether its value is read as one's own.
    public let isSame: Bool
    /// Whether its value is read as one's own and the datum ends with it.
    public let isSameToEnd: Bool

    @usableFromInline
    init(index: Int, node: Int, isSame: Bool, isEnd: Bool) {
        self.index = index
        self.node = node
        self.isSame = isSame
        isSameToEnd = isSame && isEnd
    }
}
