import Core
import Testing

@Suite struct PartitioningTests {
    /// The values of Kafka's own UtilsTest.testMurmur2.
    @Test(arguments: [
        ("21", Int32(-973_932_308)), ("foobar", -790_332_482), ("a-little-bit-long-string", -985_981_536),
        ("a-little-bit-longer-string", -1_486_304_829),
        ("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58_897_971), ("abc", 479_470_107),
    ]) func agreesWithJava(key: String, hash: Int32) { #expect(Int32(bitPattern: murmur2(Array(key.utf8))) == hash) }

    @Test func aRequestLiesWhereItsTextHashes() {
        for n in UInt64(0)..<200 {
            let id = RequestID(high: n &* 0x9e37_79b9_7f4a_7c15, low: n)
            #expect(partition(of: id, count: 12) == Int32(murmur2(Array(id.text.utf8)) & 0x7fff_ffff) % 12)
        }
        #expect(partition(of: RequestID(high: 1, low: 2), count: 0) == 0)
    }

    @Test(arguments: [
        ("correlator/a/1", Origin.correlator), ("commands-3", .commands), ("host/12/34/5", .take), ("", .take), ("correlator", .take),
    ])
    func origins(source: String, origin: Origin) { #expect(Origin(source: source) == origin) }

    @Test(arguments: [("host/12/34/5", "host/12/34"), ("w/1", "w"), ("alone", "alone"), ("", "")])
    func workers(source: String, worker: String) { #expect(Origin.worker(ofTake: source) == worker) }

    @Test func digestsTellBodiesApart() {
        var seen: Set<PayloadDigest> = []
        for length in 0..<40 {
            for byte in UInt8(0)..<8 { seen.insert(Payload(schema: 1, bytes: Array(repeating: byte, count: length)).digest) }
        }
        #expect(seen.count == 39 * 8 + 1)
        #expect(Payload(schema: 1, bytes: [1]).digest != Payload(schema: 2, bytes: [1]).digest)
    }
}
