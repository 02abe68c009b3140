import Avro
import Testing

@Suite struct CanonicalFormTests {
    struct Case: CustomTestStringConvertible {
        var number: String
        var input: String
        var canonical: String
        var fingerprint: Int64?
        var testDescription: String { number }
    }

    /// Apache Avro's `schema-tests.txt`: here-documents of input, canonical form and fingerprint.
    static let cases: [Case] = {
        guard TestData.isPresent, let text = try? TestData.text("schema-tests.txt") else { return [] }
        var cases: [Case] = []
        var number = ""
        var input: String?
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).makeIterator()
        while let line = lines.next() {
            if line.hasPrefix("// "), line.count == 6 { number = String(line.dropFirst(3)) }
            if line.hasPrefix("<<INPUT") {
                var body = String(line.dropFirst(7))
                if body.isEmpty { while let next = lines.next(), next != "INPUT" { body += next + "\n" } }
                input = body
            } else if line.hasPrefix("<<canonical "), let text = input {
                cases.append(Case(number: number, input: text, canonical: String(line.dropFirst(12)), fingerprint: nil))
            } else if line.hasPrefix("<<fingerprint "), !cases.isEmpty {
                cases[cases.count - 1].fingerprint = Int64(line.dropFirst(14))
            }
        }
        return cases
    }()

    @Test(.enabled(if: TestData.isPresent, Comment(rawValue: TestData.missing)))
    func allCasesAreRead() {
        #expect(Self.cases.count == 34)
        #expect(Self.cases.filter { $0.fingerprint != nil }.count >= 24)
    }

    @Test(arguments: cases) func apacheVectors(_ vector: Case) throws {
        let schema = try Schema(parsing: vector.input)
        #expect(schema.parsingForm == vector.canonical)
        if let fingerprint = vector.fingerprint { #expect(Int64(bitPattern: schema.fingerprint64) == fingerprint) }
        #expect(try Schema(parsing: schema.json.text) == schema)
        #expect(try Schema(parsing: schema.identityForm).identityForm == schema.identityForm)
    }

    @Test func identityFormKeepsWhatTheParsingFormDrops() throws {
        let plain = try Schema(parsing: #"{"type":"record","name":"R","fields":[{"name":"t","type":"long"}]}"#)
        let dated = try Schema(
            parsing:
                #"{"type":"record","name":"R","doc":"d","fields":[{"name":"t","doc":"d","type":{"type":"long","logicalType":"timestamp-millis"},"default":0}]}"#
        )
        #expect(plain.parsingForm == dated.parsingForm)
        #expect(plain.identifier != dated.identifier)
        #expect(
            dated.identityForm
                == #"{"name":"R","type":"record","fields":[{"name":"t","type":{"type":"long","logicalType":"timestamp-millis"},"default":0}]}"#
        )
        #expect(plain != dated)
        #expect(plain.identifier >> 31 == 0)
    }

    @Test func digests() throws {
        let schema = try Schema(parsing: #""int""#)
        #expect(
            schema.md5.map { String($0, radix: 16).count == 1 ? "0" + String($0, radix: 16) : String($0, radix: 16) }.joined()
                == "ef524ea1b91e73173d938ade36c1db32")
        #expect(schema.sha256.count == 32 && schema.sha256.prefix(4) == [0x3f, 0x2b, 0x87, 0xa9])
    }
}
