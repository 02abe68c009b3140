/// What can be said of a plan's nodes once all are there: which change nothing, and which no datum gets through. Works through a list, so that
/// long chains of types cannot exhaust the stack, and takes time in proportion to the plan.
struct ResolutionVerdict {
    /// By node: whether the writer's bytes are the reader's.
    private(set) var isIdentity: [Bool]
    /// By hopeless node: the node within it that makes it so, itself when it is the fault; -1 for others.
    private var causes: [Int32]

    init(_ nodes: [ResolutionPlan.Node], _ steps: [ResolutionPlan.Step], _ numbers: [Int32]) {
        isIdentity = [Bool](repeating: true, count: nodes.count)
        causes = [Int32](repeating: -1, count: nodes.count)
        spreadChanges(nodes, steps, numbers)
        spreadFaults(nodes, steps, numbers)
    }

    func isHopeless(_ node: Int32) -> Bool { causes[Int(node)] >= 0 }

    /// Where the fault is, as `/field/field`.
    func place(of root: Int32, _ compiler: ResolutionCompiler) -> String {
        var place = ""
        var index = root
        while causes[Int(index)] != index {
            let cause = causes[Int(index)], node = compiler.nodes[Int(index)]
            if node.operation == .record,
                let step = compiler.steps[Int(node.a)..<Int(node.a + node.b)].first(where: { $0.node == cause && $0.position >= 0 })
            {
                place += "/" + compiler.messages[Int(step.name)]
            }
            index = cause
        }
        let missing = compiler.nodes[Int(index)].b
        return missing >= 0 ? place + "/" + compiler.messages[Int(missing)] : place
    }

    // MARK: What changes

    private mutating func spreadChanges(_ nodes: [ResolutionPlan.Node], _ steps: [ResolutionPlan.Step], _ numbers: [Int32]) {
        var parents = [[Int32]](repeating: [], count: nodes.count)
        var waiting: [Int32] = []
        for (index, node) in nodes.enumerated() {
            let parts = Self.parts(node, nodes, steps, numbers)
            for part in parts ?? [] { parents[Int(part)].append(Int32(index)) }
            if parts == nil { waiting.append(Int32(index)) }
        }
        while let next = waiting.popLast() {
            guard isIdentity[Int(next)] else { continue }
            isIdentity[Int(next)] = false
            waiting += parents[Int(next)]
        }
    }

    /// The nodes that must change nothing for this one to change nothing; nil when it does whatever they are.
    private static func parts(
        _ node: ResolutionPlan.Node, _ nodes: [ResolutionPlan.Node], _ steps: [ResolutionPlan.Step], _ numbers: [Int32]
    ) -> [Int32]? {
        switch node.operation {
        case .null, .boolean, .int, .long, .float, .double, .bytes, .string, .fixed: return []
        case .symbol: return (0..<node.b).allSatisfy { numbers[Int(node.a + $0)] == $0 } ? [] : nil
        case .array, .map: return [node.a]
        case .record:
            let steps = steps[Int(node.a)..<Int(node.a + node.b)]
            let isSame = node.b == node.c && steps.enumerated().allSatisfy { $0.offset == Int($0.element.position) && $0.element.node >= 0 }
            return isSame ? steps.map(\.node) : nil
        case .union:
            let wraps = (0..<node.b).map { nodes[Int(numbers[Int(node.a + $0)])] }
            let isSame = wraps.enumerated().allSatisfy { $0.element.operation == .wrap && $0.offset == Int($0.element.a) }
            return isSame ? wraps.map(\.b) : nil
        default: return nil
        }
    }

    // MARK: What cannot be read

    /// An empty array can be read whatever its items are, and a union by its other branches.
    private mutating func spreadFaults(_ nodes: [ResolutionPlan.Node], _ steps: [ResolutionPlan.Step], _ numbers: [Int32]) {
        var parents = [[Int32]](repeating: [], count: nodes.count)
        var waiting: [(node: Int32, cause: Int32)] = []
        var branchesLeft = [Int32](repeating: 1, count: nodes.count)
        for (index, node) in nodes.enumerated() {
            switch node.operation {
            case .impossible: waiting.append((Int32(index), Int32(index)))
            case .record:
                for step in steps[Int(node.a)..<Int(node.a + node.b)] where step.position >= 0 && step.node >= 0 {
                    parents[Int(step.node)].append(Int32(index))
                }
            case .wrap: parents[Int(node.b)].append(Int32(index))
            case .union:
                branchesLeft[index] = node.b
                for branch in 0..<node.b { parents[Int(numbers[Int(node.a + branch)])].append(Int32(index)) }
            default: break
            }
        }
        while let (node, cause) = waiting.popLast() {
            branchesLeft[Int(node)] -= 1
            guard causes[Int(node)] < 0, branchesLeft[Int(node)] <= 0 else { continue }
            causes[Int(node)] = cause
            for parent in parents[Int(node)] { waiting.append((parent, node)) }
        }
    }
}
