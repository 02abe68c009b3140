import Avro

/// Generated types, plain and of another version, and `Codable` types of the same schema.
struct FuzzTyped {
    private enum Model { case everything, tree, envelope }

    let writer: Schema
    private let model: Model
    private let resolution: Resolution
    private let decoder: AvroDecoder
    private let encoder: AvroEncoder

    /// Another version of a generated type's schema, by seed; nil when nobody could have written it.
    init?(seed: UInt64) {
        var maker = RandomWriter(seed: seed)
        maker.changes = [0, 10, 30][Int(seed % 3)]
        model = [.everything, .tree, .envelope][Int(maker.random.next() % 3)]
        let text = model == .everything ? Typed.Everything.schemaText : model == .tree ? Typed.Tree.schemaText : TypedSamples.envelope
        guard let reader = try? Schema(parsing: text), let json = try? JSONValue(parsing: text),
            let writer = try? Schema(json: maker.writer(of: json)), let resolution = try? Resolution(writer: writer, reader: reader)
        else { return nil }
        self.writer = writer
        self.resolution = resolution
        decoder = AvroDecoder(resolution)
        encoder = AvroEncoder(reader)
    }

    func feed(_ bytes: [UInt8], _ watch: FuzzWatch) throws(AvroError) {
        switch model {
        case .everything: try feed(Typed.Everything.self, bytes, watch)
        case .tree: try feed(Typed.Tree.self, bytes, watch)
        case .envelope: try feed(Typed.Envelope.self, bytes, watch)
        }
    }

    private func feed<Value: TypedValue>(_ type: Value.Type, _ bytes: [UInt8], _ watch: FuzzWatch) throws(AvroError) {
        plain(type, bytes, watch)
        codable(bytes, watch)
        var source = AvroWriter()
        let value = try version(type, bytes, &source, watch)
        var again = AvroWriter(capacity: bytes.count)
        value.encode(to: &again, source: source.span)
    }

    private func version<Value: TypedValue>(_ type: Value.Type, _ bytes: [UInt8], _ source: inout AvroWriter, _ watch: FuzzWatch)
        throws(AvroError) -> Value
    {
        watch.begin()
        defer { watch.end(.typed, bytes.count) }
        return try resolution.decode(type, bytes.span.bytes, source: &source)
    }

    private func plain<Value: TypedValue>(_ type: Value.Type, _ bytes: [UInt8], _ watch: FuzzWatch) {
        watch.begin()
        let read = try? type.init(decoding: bytes.span.bytes)
        watch.end(.typed, bytes.count)
        guard let value = read else { return }
        var again = AvroWriter(capacity: bytes.count)
        value.encode(to: &again, source: bytes.span.bytes)
        precondition(isStable(type, again.bytes), "what was read is written so that it reads otherwise")
        guard let tree = value as? Typed.Tree, tree.children.count > 0 else { return }
        watch.begin()
        defer { watch.end(.typed, bytes.count) }
        do throws(AvroError) {
            _ = try tree.children.items(in: bytes.span.bytes)
        } catch { precondition(error.code == .memoryMax, "an array that was validated cannot be read: \(error)") }
    }

    /// Varints may have been longer than they need to be; once written they are not.
    private func isStable<Value: TypedValue>(_ type: Value.Type, _ bytes: [UInt8]) -> Bool {
        guard let value = try? type.init(decoding: bytes.span.bytes) else { return false }
        var again = AvroWriter(capacity: bytes.count)
        value.encode(to: &again, source: bytes.span.bytes)
        return again.bytes == bytes
    }

    private func codable(_ bytes: [UInt8], _ watch: FuzzWatch) {
        switch model {
        case .everything: codable(FuzzEverything.self, bytes, watch)
        case .tree: codable(FuzzTree.self, bytes, watch)
        case .envelope: break
        }
    }

    private func codable<Value: Codable & Equatable>(_ type: Value.Type, _ bytes: [UInt8], _ watch: FuzzWatch) {
        watch.begin()
        let read = try? decoder.decode(type, from: bytes)
        watch.end(.codable, bytes.count)
        guard let value = read else { return }
        guard let encoded = try? encoder.encode(value), let again = try? Resolution(writer: encoder.schema, reader: encoder.schema) else {
            preconditionFailure("what was decoded cannot be encoded")
        }
        precondition((try? AvroDecoder(again).decode(type, from: encoded)) == value, "what was encoded reads otherwise")
    }
}

/// `Typed.Everything` as somebody would write it by hand.
struct FuzzEverything: Codable, Equatable {
    var flag: Bool
    var small: Int32
    var large: Int64
    var single: Bits
    var precise: Bits
    var raw: [UInt8]
    var text: String
    var mode: String
    var digest: [UInt8]
    var point: Point
    var empty: Empty
    var words: [String]
    var mixed: [String: Mixed]
    var grid: [[Point]]
    var value: String?

    struct Point: Codable, Equatable { var x: Int }

    struct Empty: Codable, Equatable {}

    /// A number that is equal to itself, whatever it is.
    struct Bits: Codable, Equatable {
        var value: Double

        init(from decoder: any Decoder) throws { value = try decoder.singleValueContainer().decode(Double.self) }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode(value)
        }

        static func == (left: Bits, right: Bits) -> Bool {
            left.value.bitPattern == right.value.bitPattern || left.value.isNaN && right.value.isNaN
        }
    }

    /// An int or bytes.
    enum Mixed: Codable, Equatable {
        case number(Int32)
        case bytes([UInt8])

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let number = try? container.decode(Int32.self) {
                self = .number(number)
            } else {
                self = .bytes(try container.decode([UInt8].self))
            }
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .number(let number): try container.encode(number)
            case .bytes(let bytes): try container.encode(bytes)
            }
        }
    }
}

/// `Typed.Tree`, its recursion through arrays.
struct FuzzTree: Codable, Equatable {
    var value: Int64
    var children: [FuzzTree]
    var byName: [String: FuzzTree?]
}
