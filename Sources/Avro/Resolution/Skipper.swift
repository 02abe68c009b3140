/// Steps over a writer's value and checks it as a decode would.
struct Skipper {
    private let tables: ResolutionTables
    private var nodes: UnsafeMutablePointer<ResolutionPlan.Node> { tables.nodes }

    init(_ tables: ResolutionTables) {
        self.tables = tables
    }

    func skip(_ index: Int32, _ reader: inout AvroReader) throws(AvroError) {
        let node = nodes + Int(index)
        switch node.pointee.operation {
        case .null: return
        case .boolean: _ = try reader.readBoolean()
        case .int, .intToLong, .intToFloat, .intToDouble: _ = try reader.readInt()
        case .long, .longToFloat, .longToDouble: _ = try reader.readLong()
        case .float, .floatToDouble: try reader.skip(4)
        case .double: try reader.skip(8)
        case .bytes: _ = try reader.readBytes()
        case .string, .stringToBytes, .bytesToString: _ = try reader.readString()
        case .fixed: try reader.skip(Int(node.pointee.a))
        case .symbol: _ = try reader.readBranch(Int(node.pointee.b))
        case .union: try skip(tables.numbers[Int(node.pointee.a) + (try reader.readBranch(Int(node.pointee.b)))], &reader)
        case .wrap: try skip(node.pointee.b, &reader)
        case .record:
            try reader.enter()
            for step in 0..<Int(node.pointee.b) where tables.steps[Int(node.pointee.a) + step].node >= 0 {
                try skip(tables.steps[Int(node.pointee.a) + step].node, &reader)
            }
            reader.leave()
        case .array, .map:
            try reader.enter()
            let isMap = node.pointee.operation == .map
            var blocks = BlockCursor(itemBytesMin: Int(nodes[Int(node.pointee.a)].bytesMin) + (isMap ? 1 : 0))
            while try reader.next(&blocks) {
                if isMap { _ = try reader.readString() }
                try skip(node.pointee.a, &reader)
            }
            reader.leave()
        case .impossible: throw reader.fault(.schemasIncompatible, tables.message(node.pointee.a))
        }
    }
}
