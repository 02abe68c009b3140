// swift-format-ignore-file
// Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
import Avro

extension Typed {
    /// `org.example.typed.Envelope`
    struct Envelope: TypedValue {
        /// `id`
        var id: Slice
        /// `attempt`
        var attempt: Int64
        /// `body`
        var body: Body

        /// A value made by hand.
        init(id: Slice, attempt: Int64 = 1, body: Body) {
            self.id = id
            self.attempt = attempt
            self.body = body
        }

        init(from reader: inout AvroReader) throws(AvroError) {
            self.id = try reader.readString()
            self.attempt = try reader.readLong()
            self.body = try Body(from: &reader)
        }

        init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError) {
            guard let fields = try plan.fields(node, count: 3) else {
                self = try plan.piece(node, &reader, &source) { reader throws(AvroError) in try Self(from: &reader) }
                return
            }
            self.id = try fields.isSame(0) ? (reader.readString()) : plan.read(fields, 0, &reader, &source) { reader throws(AvroError) in try reader.readString() }
            self.attempt = try fields.isSame(1) ? (reader.readLong()) : plan.read(fields, 1, &reader, &source) { reader throws(AvroError) in try reader.readLong() }
            self.body = try fields.isSameToEnd(2) ? Body(from: &reader) : plan.typed(fields, 2, toEnd: true, &reader, &source)
            try plan.finish(fields, count: 3, &reader)
        }

        static func skip(_ reader: inout AvroReader) throws(AvroError) {
            _ = try reader.readString()
            try reader.skipLong()
            try Body.skip(&reader)
        }

        func encode(to writer: inout AvroWriter, source: RawSpan) {
            var room1 = 20
            room1 &+= Int(self.id.count)
            var cursor = writer.begin(room1)
            cursor.writeBytes(self.id, of: source)
            cursor.writeLong(self.attempt)
            writer.end(cursor)
            self.body.encode(to: &writer, source: source)
        }

        static var bytesMin: Int { 3 }

        /// What `body` can be.
        enum Body: TypedValue {
            /// Branch 0
            case point(Point)
            /// Branch 1
            case outcome(Outcome)
            /// Branch 2
            case null

            init(from reader: inout AvroReader) throws(AvroError) {
                switch try reader.readBranch(3) {
                case 0: self = .point(try Point(from: &reader))
                case 1: self = .outcome(try Outcome(from: &reader))
                default: self = .null
                }
            }

            init(from reader: inout AvroReader, resolving plan: borrowing TypedPlan, _ node: Int, source: inout AvroWriter) throws(AvroError) {
                let branch = try plan.branch(node, count: 3, &reader)
                switch branch.index {
                case 0: self = .point(try branch.isSame ? Point(from: &reader) : Point(from: &reader, resolving: plan, branch.node, source: &source))
                case 1: self = .outcome(try branch.isSameToEnd ? Outcome(from: &reader) : Outcome(from: &reader, resolving: plan, branch.node, source: &source))
                default: self = .null
                }
            }

            static func skip(_ reader: inout AvroReader) throws(AvroError) {
                switch try reader.readBranch(3) {
                case 0: try Point.skip(&reader)
                case 1: try Outcome.skip(&reader)
                default: break
                }
            }

            func encode(to writer: inout AvroWriter, source: RawSpan) {
                switch self {
                case .point(let value):
                    writer.writeByte(0)
                    value.encode(to: &writer, source: source)
                case .outcome(let value):
                    writer.writeByte(2)
                    value.encode(to: &writer, source: source)
                case .null:
                    writer.writeByte(4)
                }
            }

            static var bytesMin: Int { 1 }
        }
    }
}
