/// Writes Swift types with straight-line coders for the named types of schemas and protocols: what `rejoinder schemas swift` prints.
///
/// A record becomes a struct, an enum an enum, a fixed a struct of one slice, a union of null and one other type an optional, any other union
/// an enum nested in the record of its field. Strings and bytes are `Slice`s; arrays and maps `AvroArray`, `AvroMap`; a record that contains
/// itself is reached through `AvroLazy`. A type that carries the attribute `"swift": "rest"` stands for whatever is left of the input.
public struct SwiftGenerator {
    /// How the code is to look.
    public struct Options: Sendable, Hashable {
        /// Whether the types are public (and inlinable) or internal.
        public var isPublic: Bool
        /// The enum that the types are nested in by extension, nil for the top level. It is not declared by the generated code.
        public var container: String?
        /// Whether each type carries its schema's text.
        public var carriesSchemas: Bool

        /// Options; what is left out has its default.
        public init(isPublic: Bool = true, container: String? = nil, carriesSchemas: Bool = true) {
            self.isPublic = isPublic
            self.container = container
            self.carriesSchemas = carriesSchemas
        }
    }

    /// A file of generated code: one type.
    public struct File: Sendable, Hashable {
        /// `Report.swift`
        public let name: String
        let header: String
        let body: String

        /// The code.
        public var text: String { header + body }
    }

    let options: Options
    var names: [String: String] = [:]
    var order: [Schema] = []

    /// The code of everything that a protocol declares: its types and its messages' request records.
    public static func files(for avro: AvroProtocol, options: Options = Options()) throws(AvroError) -> [File] {
        try files(for: avro.types + avro.messages.map(\.request), options: options)
    }

    /// The code of schemas and of every named type in them, one type a file, in the order in which they occur.
    public static func files(for schemas: [Schema], options: Options = Options()) throws(AvroError) -> [File] {
        var generator = SwiftGenerator(options: options)
        for schema in schemas { try generator.collect(schema) }
        var files: [File] = []
        for schema in generator.order { files.append(generator.file(schema)) }
        return files
    }

    /// The code of everything that files declare, as one text.
    public static func text(of files: [File]) -> String {
        guard let first = files.first else { return "" }
        return first.header + files.map(\.body).joined(separator: "\n")
    }

    var header: String {
        """
        // swift-format-ignore-file
        // Generated from an Avro schema by `rejoinder schemas swift`; do not edit.
        \(options.isPublic ? "public import" : "import") Avro


        """
    }

    init(options: Options) { self.options = options }

    var access: String { options.isPublic ? "public " : "" }
    var inlinable: String { options.isPublic ? "@inlinable " : "" }

    /// Finds named types, parts before wholes where there is no cycle, and gives each its Swift name.
    private mutating func collect(_ schema: Schema) throws(AvroError) {
        switch schema.kind {
        case .array: if let items = schema.items { try collect(items) }
        case .map: if let values = schema.values { try collect(values) }
        case .union: for branch in schema.branches { try collect(branch) }
        case .record, .enum, .fixed:
            guard let full = schema.name, names[full] == nil else { return }
            let name = SwiftName.type(schema.shortName ?? full)
            if let other = names.first(where: { $0.value == name }) {
                throw AvroError(
                    .schemaInvalid, operation: "generate Swift",
                    detail: "\(other.key) and \(full) would both be named \(name); generate them into two containers")
            }
            names[full] = name
            for field in schema.fields { try collect(field.schema) }
            if !schema.isRest { order.append(schema) }
        default: break
        }
    }

    private func file(_ schema: Schema) -> File {
        var out = SwiftText()
        if let container = options.container { out.open("extension \(container) {") }
        switch schema.kind {
        case .record: appendRecord(schema, to: &out)
        case .enum: appendEnum(schema, to: &out)
        default: appendFixed(schema, to: &out)
        }
        if options.container != nil { out.close() }
        let name = (options.container.map { $0 + "+" } ?? "") + typeName(schema) + ".swift"
        return File(name: name, header: header, body: out.text)
    }

    func typeName(_ schema: Schema) -> String { schema.name.flatMap { names[$0] } ?? "AvroNull" }

    /// What every type says about its schema.
    func appendSchema(_ schema: Schema, to out: inout SwiftText) {
        guard options.carriesSchemas, !schema.containsRest else { return }
        out.line("\(access)static var schemaName: String { \"\(schema.name ?? "")\" }")
        out.line("\(access)static var schemaText: String { #\"\(schema.json.text)\"# }")
    }

    func conformance(_ schema: Schema) -> String { options.carriesSchemas && !schema.containsRest ? "TypedSchema" : "TypedValue" }
}
