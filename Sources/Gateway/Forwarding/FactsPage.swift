import Avro
import Core

/// `GET /node/facts/{id}`: one node tells another which record gave an id its facts.
enum FactsPage {
    static func json(_ facts: JobFacts) -> [UInt8] {
        var json = JSONWriter(capacity: 128)
        json.beginObject()
        json.key("offset")
        json.integer(facts.offset)
        json.key("high")
        json.string(String(facts.digest.high, radix: 16))
        json.key("low")
        json.string(String(facts.digest.low, radix: 16))
        json.endObject()
        return json.bytes
    }

    static func parse(_ body: [UInt8]) -> FirstRecord? {
        guard let json = try? JSONValue(parsing: body), let offset = json["offset"]?.integer,
            let high = json["high"]?.string.flatMap({ UInt64($0, radix: 16) }),
            let low = json["low"]?.string.flatMap({ UInt64($0, radix: 16) })
        else { return nil }
        return FirstRecord(offset: offset, digest: PayloadDigest(high: high, low: low))
    }
}
