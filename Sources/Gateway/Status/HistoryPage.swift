import Core

/// `GET /status/{id}/history`: every event of the job, with where it lies in Kafka.
enum HistoryPage {
    static func json(_ id: RequestID, _ entries: [HistoryEntry]) -> [UInt8] {
        var json = JSONWriter(capacity: 2048)
        json.beginObject()
        json.key("requestId")
        json.string(id.text)
        json.key("events")
        json.beginArray()
        for entry in entries {
            json.beginObject()
            json.key("type")
            json.string(entry.type)
            json.key("time")
            JobDocument.time(entry.time, &json)
            json.key("topic")
            json.string(entry.topic)
            json.key("partition")
            json.integer(Int64(entry.partition))
            json.key("offset")
            json.integer(entry.offset)
            json.key("producer")
            json.string(entry.source.isEmpty ? nil : entry.source)
            json.key("attempt")
            json.integer(Int64(entry.attempt))
            json.key("sequence")
            json.integer(entry.sequence)
            json.key("counted")
            json.boolean(entry.counted)
            json.key("note")
            json.string(entry.note)
            json.endObject()
        }
        json.endArray()
        json.endObject()
        return json.bytes
    }
}
