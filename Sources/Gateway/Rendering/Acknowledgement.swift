import Core

/// The body of a `202`: what was accepted, and where to ask.
enum Acknowledgement {
    static func json(_ id: RequestID) -> [UInt8] {
        var json = JSONWriter(capacity: 384)
        json.beginObject()
        json.key("requestId")
        json.value { bytes in
            bytes.append(UInt8(ascii: "\""))
            id.appendText(to: &bytes)
            bytes.append(UInt8(ascii: "\""))
        }
        json.key("status")
        json.string("ACCEPTED")
        json.key("message")
        json.string("The request is on Kafka. Ask for its status at the link.")
        json.key("links")
        json.beginObject()
        JobDocument.link("status", id, "", &json)
        JobDocument.link("events", id, "/events", &json)
        JobDocument.link("cancel", id, "/cancel", &json)
        json.endObject()
        json.endObject()
        return json.bytes
    }
}
