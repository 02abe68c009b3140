import Avro
import Testing

@Suite("Typed values of other versions")
struct TypedResolutionTests {
    @Test("random versions read as the rewriting of bytes says, with all slices in one source", arguments: UInt64(0)..<300)
    func versions(_ seed: UInt64) throws {
        var read = try compare(Typed.Everything.self, Typed.Everything.schemaText, seed)
        read += try compare(Typed.Tree.self, Typed.Tree.schemaText, seed)
        read += try compare(Typed.Envelope.self, TypedSamples.envelope, seed, isOpen: true)
        #expect(read > 0, "seed \(seed): nothing could be read")
    }

    /// How many data were read both ways.
    private func compare<Value: TypedValue>(_ type: Value.Type, _ text: String, _ seed: UInt64, isOpen: Bool = false) throws -> Int {
        var maker = RandomWriter(seed: seed)
        maker.changes = [0, 5, 25, 60][Int(seed % 4)]
        let reader = try Schema(parsing: text)
        // Some versions name a type before its definition; no writer can have them.
        guard let writer = try? Schema(json: maker.writer(of: JSONValue(parsing: text))),
            let resolution = try? Resolution(writer: writer, reader: reader)
        else { return 1 }
        var source = AvroWriter()
        var read = 0
        for _ in 0..<6 {
            var out = AvroWriter()
            RandomDatum.append(writer, to: &out, using: &maker.random)
            let bytes = out.bytes
            var rewritten = AvroWriter()
            do throws(AvroError) { try resolution.rewrite(bytes.span.bytes, into: &rewritten) } catch {
                #expect(throws: AvroError.self, "seed \(seed)") { try resolution.decode(type, bytes.span.bytes, source: &source) }
                continue
            }
            let expected = rewritten.bytes
            do throws(AvroError) {
                let value = try resolution.decode(type, bytes.span.bytes, source: &source)
                var again = AvroWriter()
                value.encode(to: &again, source: source.span)
                #expect(again.bytes == expected, "seed \(seed): \(writer)")
            } catch {
                // Bytes that became a string are validated by whoever reads it.
                #expect(error.code == .utf8Invalid, "seed \(seed): \(error) \(writer)")
            }
            read += 1
            // An open type takes what there is.
            for count in stride(from: 0, to: isOpen ? 0 : bytes.count, by: max(1, bytes.count / 8)) {
                #expect(throws: AvroError.self) { try resolution.decode(type, bytes.span.bytes.extracting(0..<count), source: &source) }
            }
        }
        return read
    }

    @Test("an open type ends where its value does, though the writer has more behind it")
    func openTypeInTheMiddle() throws {
        let reader = try Schema(parsing: TypedSamples.envelope)
        let more = TypedSamples.envelope.replacing(#""null"]}]}"#, with: #""null"]},{"name":"more","type":"string"}]}"#)
        let resolution = try Resolution(writer: Schema(parsing: more), reader: reader)
        #expect(!resolution.isIdentity)
        let bytes: [UInt8] = [2, 97, 4, 2, 2, 63, 8, 0, 2, 99, 4, 109, 109]
        var source = AvroWriter()
        let envelope = try resolution.decode(Typed.Envelope.self, bytes.span.bytes, source: &source)
        guard case .outcome(let outcome) = envelope.body else {
            Issue.record("another branch")
            return
        }
        #expect(outcome.details.array(in: source.span) == [8, 0, 2, 99])
        #expect(envelope.attempt == 2)
    }

    @Test("a type that is not of the reader's schema is refused, not misread")
    func stranger() throws {
        let text = #"{"type":"record","name":"R","fields":[{"name":"a","type":"int"}]}"#
        let resolution = try Resolution(writer: Schema(parsing: text), reader: Schema(parsing: text.replacing("int", with: "long")))
        var source = AvroWriter()
        do throws(AvroError) {
            _ = try resolution.decode(Typed.Point.self, ([2] as [UInt8]).span.bytes, source: &source)
            Issue.record("read")
        } catch { #expect(error.code == .schemasIncompatible) }
    }

    @Test("hostile bytes of another version are refused by name")
    func hostile() throws {
        let text = Typed.Tree.schemaText
        let writer = try Schema(parsing: text.replacing(#"{"name":"value","type":"long"}"#, with: #"{"name":"value","type":"int"}"#))
        let resolution = try Resolution(writer: writer, reader: Schema(parsing: text))
        #expect(!resolution.isIdentity)
        var source = AvroWriter()
        let cases: [([UInt8], AvroError.Code)] = [
            ((0..<500_000).flatMap { _ in [0, 2] as [UInt8] }, .depthMax),
            ((0..<200_000).flatMap { _ in [0, 0, 4, 2] as [UInt8] }, .depthMax),
            ([0, 0, 0, 0x80, 0x80, 0x80, 0x80, 0x80, 0x40], .bytesLeft),
            ([0, 0, 0, 0] + [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01], .lengthNegative),
        ]
        for (bytes, code) in cases {
            do throws(AvroError) {
                _ = try resolution.decode(Typed.Tree.self, bytes.span.bytes, source: &source)
                Issue.record("read")
            } catch { #expect(error.code == code) }
        }
    }

    @Test("a chain of types as long as a schema may be costs neither the stack nor the square of its length")
    func longChains() throws {
        var fields = #"{"name":"f0","type":{"type":"record","name":"R0","fields":[{"name":"x","type":"int"}]}}"#
        for index in 1..<4_000 {
            fields += #",{"name":"f\#(index)","type":{"type":"record","name":"R\#(index)","fields":["#
            fields += #"{"name":"a","type":["null","R\#(index - 1)"]},{"name":"b","type":["null","R\#(index - 1)"]}]}}"#
        }
        let text = #"{"type":"record","name":"Chain","fields":[\#(fields)]}"#
        let other = text.replacing(#""type":"int""#, with: #""type":"long""#)
        let resolution = try Resolution(writer: Schema(parsing: text), reader: Schema(parsing: other))
        let bytes = [2] + [UInt8](repeating: 0, count: 2 * 3_999)
        var out = AvroWriter()
        try resolution.rewrite(bytes.span.bytes, into: &out)
        #expect(out.bytes == bytes)
    }
}
