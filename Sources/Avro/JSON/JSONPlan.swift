/// A schema laid out flat for transcoding: trivial structs in memory that never changes, so that a walk costs no reference counting.
final class JSONPlan: Sendable {
    enum Operation: UInt8 {
        case null, boolean, int, long, float, double, string, bytes, fixed, symbol, record, array, map, nullable, union
        case uuid, uuidFixed, date, time, timestamp, localTimestamp, decimal, bigDecimal, duration
    }

    /// One type. What `a` to `d` mean depends on the operation:
    /// fixed: size; symbol and record: first name or field, count, hash table, mask; array and map: child; nullable: null branch, other branch, child;
    /// union: place of its description in `numbers`, branches; times: digits of the fraction; decimal: size (0 for bytes), precision, scale.
    struct Node {
        var operation: Operation
        /// The least number of bytes that a value takes.
        var bytesMin: Int32 = 0
        var a: Int32 = 0
        var b: Int32 = 0
        var c: Int32 = 0
        var d: Int32 = 0
        var name: Int32 = 0
    }

    /// A run of bytes in `text`.
    struct Text {
        var offset: Int32
        var count: Int32
        /// The first eight bytes, zeros behind a shorter text: most comparisons end here.
        var head: UInt64
        /// Which bits of `head` count.
        var mask: UInt64
    }

    struct Field {
        var name: Text
        var node: Int32
        /// `"name":` in `text`, for output.
        var label: Int32
        var labelCount: Int32
        /// The default in binary form, in `text`; -1 for none.
        var fallback: Int32
        var fallbackCount: Int32
    }

    let form: JSONForm
    let root: Int32
    /// Sendable: the memory below is written in `init` only and freed in `deinit`.
    nonisolated(unsafe) let nodes: UnsafeMutablePointer<Node>
    nonisolated(unsafe) let fields: UnsafeMutablePointer<Field>
    /// Symbols of enums and names of types.
    nonisolated(unsafe) let names: UnsafeMutablePointer<Text>
    /// Hash tables and descriptions of unions.
    nonisolated(unsafe) let numbers: UnsafeMutablePointer<Int32>
    nonisolated(unsafe) let text: UnsafeMutablePointer<UInt8>

    init(_ schema: Schema, form: JSONForm) {
        var compiler = JSONPlanCompiler(graph: schema.graph, form: form)
        root = compiler.compile(schema.index)
        self.form = form
        nodes = Self.memory(compiler.nodes)
        fields = Self.memory(compiler.fields)
        names = Self.memory(compiler.names)
        numbers = Self.memory(compiler.numbers)
        text = Self.memory(compiler.text)
    }

    deinit {
        nodes.deallocate()
        fields.deallocate()
        names.deallocate()
        numbers.deallocate()
        text.deallocate()
    }

    private static func memory<Element>(_ elements: [Element]) -> UnsafeMutablePointer<Element> {
        let memory = UnsafeMutablePointer<Element>.allocate(capacity: max(1, elements.count))
        memory.initialize(from: elements, count: elements.count)
        return memory
    }

    /// The name of a type, for messages.
    func name(_ node: Node) -> String { string(names[Int(node.name)]) }

    func string(_ run: Text) -> String {
        String(decoding: UnsafeBufferPointer(start: text + Int(run.offset), count: Int(run.count)), as: UTF8.self)
    }
}
