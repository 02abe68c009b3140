import Avro
import Core
import Events

/// `GET /operations` and `GET /operations/{operation}`: what can be asked for.
enum OperationsPage {
    static func list(_ operations: [Operation]) -> [UInt8] {
        var json = JSONWriter(capacity: 2048)
        json.beginObject()
        json.key("operations")
        json.beginArray()
        for operation in operations {
            json.beginObject()
            summary(operation, &json)
            json.endObject()
        }
        json.endArray()
        json.endObject()
        return json.bytes
    }

    static func one(_ operation: Operation) -> [UInt8] {
        var json = JSONWriter(capacity: 4096)
        json.beginObject()
        summary(operation, &json)
        json.key("policy")
        policy(operation.policy, &json)
        json.key("schemas")
        json.beginObject()
        json.key("request")
        schema(operation.request, &json)
        json.key("response")
        schema(operation.response, &json)
        json.key("part")
        if let part = operation.part { schema(part, &json) } else { json.null() }
        json.key("errors")
        json.beginArray()
        for error in operation.errors { schema(error, &json) }
        json.endArray()
        json.endObject()
        json.endObject()
        return json.bytes
    }

    private static func summary(_ operation: Operation, _ json: inout JSONWriter) {
        json.key("name")
        json.string(operation.name)
        json.key("doc")
        json.string(operation.doc)
        json.key("example")
        json.raw(operation.example)
        json.key("links")
        json.beginObject()
        json.key("operation")
        json.string("/operations/\(operation.name)")
        json.key("requests")
        json.string("/requests/\(operation.name)")
        json.endObject()
    }

    private static func policy(_ policy: Policy, _ json: inout JSONWriter) {
        func duration(_ value: Duration) -> String { ISODuration.text(milliseconds: value.milliseconds) }
        json.beginObject()
        json.key("deadline")
        json.string(policy.deadline.map(duration))
        json.key("attempts")
        json.integer(Int64(policy.attempts))
        json.key("losses")
        json.integer(Int64(policy.losses))
        json.key("backoff")
        json.beginObject()
        json.key("first")
        json.string(duration(policy.backoff.first))
        json.key("factor")
        json.number(policy.backoff.factor)
        json.key("max")
        json.string(duration(policy.backoff.max))
        json.key("jitter")
        json.number(policy.backoff.jitter)
        json.endObject()
        json.key("lease")
        json.string(duration(policy.lease))
        json.key("retention")
        json.string(duration(policy.retention))
        json.key("concurrency")
        json.integer(policy.concurrency.map(Int64.init))
        json.key("grace")
        json.string(duration(policy.grace))
        json.endObject()
    }

    private static func schema(_ schema: Schema, _ json: inout JSONWriter) { json.value { schema.json.append(to: &$0) } }
}
