// swift-format-ignore-file
/// The protocol of the envelopes: the source of the generated types in this folder and of the schemas of every topic.
///
/// It is `events.avdl` of the design in Avro's own form. Rules for changing it: new fields come with a default and before the typed last one;
/// a version that was shipped stays readable, and its recorded bytes stay in the tests.
enum EnvelopeText {
    /// The version of the envelopes; recorded bytes lie under it.
    static let version = 1

    static let avpr = #"""
        {"protocol":"Events","namespace":"rejoinder","doc":"The envelope of every topic.","types":[
         {"type": "record", "name": "OperationRequest", "doc": "The operation's own request record.", "swift": "rest", "fields":[]},
         {"type": "record", "name": "OperationPart", "doc": "The operation's own partial result.", "swift": "rest", "fields":[]},
         {"type": "record", "name": "OperationResponse", "doc": "The operation's own response.", "swift": "rest", "fields":[]},
         {"type": "record", "name": "FailureDetails", "doc": "Null, a string of JSON, or a declared error of the operation.", "swift": "rest", "fields":[]},
         {"type": "record", "name": "Request", "doc": "A request: <operation>.requests and <operation>.dead-letters.", "fields":[
           {"name": "requestId", "type": {"type": "string", "logicalType": "uuid"}, "doc": "36 lower-case characters."},
           {"name": "operation", "type": "string"},
           {"name": "createdAt", "type": {"type": "long", "logicalType": "timestamp-millis"}},
           {"name": "attempt", "type": "int", "default": 1, "doc": "The try that this record asks for."},
           {"name": "tenant", "type": "string", "default": ""},
           {"name": "deadline", "type": ["null", {"type": "long", "logicalType": "timestamp-millis"}], "default": null, "doc": "When the answer stops being useful."},
           {"name": "notBefore", "type": ["null", {"type": "long", "logicalType": "timestamp-millis"}], "default": null, "doc": "When it may start."},
           {"name": "priority", "type": "int", "default": 0},
           {"name": "idempotencyKey", "type": ["null", "string"], "default": null},
           {"name": "replyTo", "type": ["null", "string"], "default": null, "doc": "A topic that wants the answer, too."},
           {"name": "callback", "type": ["null", "string"], "default": null, "doc": "A webhook's URL."},
           {"name": "traceparent", "type": ["null", "string"], "default": null},
           {"name": "context", "type": {"type": "map", "values": "string"}, "default": {}, "doc": "The caller's own labels, handed through to worker, job and webhook."},
           {"name": "payload", "type": "OperationRequest"}]},
         {"type": "record", "name": "Started", "doc": "A take of an attempt.", "fields":[
           {"name": "offset", "type": "long", "default": -1, "doc": "Of the request record."},
           {"name": "worker", "type": "string", "default": "", "doc": "Unique for each start of a process."}]},
         {"type": "record", "name": "Progress", "doc": "How far a handler has come.", "fields":[
           {"name": "fraction", "type": ["null", "double"], "default": null, "doc": "0 to 1."},
           {"name": "message", "type": "string", "default": ""},
           {"name": "completed", "type": ["null", "long"], "default": null},
           {"name": "total", "type": ["null", "long"], "default": null},
           {"name": "unit", "type": "string", "default": "", "doc": "What completed and total count."}]},
         {"type": "record", "name": "Part", "doc": "A partial result.", "fields":[
           {"name": "index", "type": "int", "doc": "From 0."},
           {"name": "payload", "type": "OperationPart"}]},
         {"type": "record", "name": "Checkpoint", "doc": "JSON that the next attempt's handler gets.", "fields":[
           {"name": "step", "type": "string", "default": "", "doc": "Empty: the handler's own checkpoint; else the step whose result it is."},
           {"name": "value", "type": "bytes", "default": ""}]},
         {"type": "record", "name": "Waiting", "doc": "The handler waits for a signal.", "fields":[
           {"name": "name", "type": "string"},
           {"name": "until", "type": ["null", {"type": "long", "logicalType": "timestamp-millis"}], "default": null},
           {"name": "message", "type": "string", "default": ""}]},
         {"type": "record", "name": "Signalled", "doc": "A signal reached the job.", "fields":[
           {"name": "name", "type": "string"},
           {"name": "by", "type": "string", "default": ""},
           {"name": "value", "type": "bytes", "default": "", "doc": "JSON."}]},
         {"type": "record", "name": "CancelRequested", "doc": "Somebody asked for cancellation.", "fields":[
           {"name": "by", "type": "string", "default": ""},
           {"name": "reason", "type": "string", "default": ""}]},
         {"type": "record", "name": "RetryScheduled", "doc": "The next attempt.", "fields":[
           {"name": "attempt", "type": "int"},
           {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}, "doc": "When it is published."},
           {"name": "reason", "type": "string", "default": ""}]},
         {"type": "record", "name": "LeaseExpired", "doc": "A take fell silent.", "fields":[
           {"name": "take", "type": "string", "default": "", "doc": "Its source."},
           {"name": "worker", "type": "string", "default": ""},
           {"name": "lastSeen", "type": {"type": "long", "logicalType": "timestamp-millis"}}]},
         {"type": "record", "name": "Released", "doc": "The take hands its attempt back.", "fields":[
           {"name": "reason", "type": "string", "default": ""}]},
         {"type": "record", "name": "Completed", "doc": "The job is done.", "fields":[
           {"name": "payload", "type": "OperationResponse"}]},
         {"type": "record", "name": "Failed", "doc": "The attempt failed.", "fields":[
           {"name": "code", "type": "string"},
           {"name": "message", "type": "string"},
           {"name": "retryable", "type": "boolean", "default": false},
           {"name": "details", "type": "FailureDetails"}]},
         {"type": "record", "name": "Cancelled", "doc": "The job was cancelled.", "fields":[
           {"name": "reason", "type": "string", "default": ""}]},
         {"type": "record", "name": "Expired", "doc": "Never claimed, or stalled.", "fields":[
           {"name": "reason", "type": "string", "default": ""}]},
         {"type": "record", "name": "DeadLettered", "doc": "No attempt could finish it.", "fields":[
           {"name": "reason", "type": "string", "default": ""},
           {"name": "failures", "type": "int", "default": 0},
           {"name": "losses", "type": "int", "default": 0}]},
         {"type": "record", "name": "Reopened", "doc": "An operator's retry.", "fields":[
           {"name": "by", "type": "string", "default": ""},
           {"name": "payload", "type": ["null", "bytes"], "default": null, "doc": "A corrected request: 0, the schema id of its request record (4 bytes, big-endian), the bytes of its payload."}]},
         {"type": "record", "name": "Response", "doc": "An event in a job's life: <operation>.responses.", "fields":[
           {"name": "requestId", "type": {"type": "string", "logicalType": "uuid"}, "doc": "36 lower-case characters."},
           {"name": "attempt", "type": "int", "default": 0, "doc": "Of a take, or the one that a decision was taken on; 0: none yet."},
           {"name": "source", "type": "string", "default": "", "doc": "A take by a worker, a correlator's start, or commands-<partition>."},
           {"name": "sequence", "type": "long", "default": 0, "doc": "Counts within source from 1; of a command: its offset + 1."},
           {"name": "time", "type": {"type": "long", "logicalType": "timestamp-millis"}},
           {"name": "traceparent", "type": ["null", "string"], "default": null},
           {"name": "event", "type": ["Started", "Progress", "Part", "Checkpoint", "Waiting", "Signalled", "CancelRequested", "RetryScheduled", "LeaseExpired", "Released", "Completed", "Failed", "Cancelled", "Expired", "DeadLettered", "Reopened"]}]},
         {"type": "record", "name": "Cancel", "doc": "Asks for cancellation.", "fields":[
           {"name": "reason", "type": "string", "default": ""}]},
         {"type": "record", "name": "Signal", "doc": "Input for a running job.", "fields":[
           {"name": "name", "type": "string"},
           {"name": "value", "type": "bytes", "default": "", "doc": "JSON."}]},
         {"type": "record", "name": "Retry", "doc": "An operator's retry.", "fields":[
           {"name": "attempt", "type": "int", "default": 0, "doc": "The attempt that the operator saw FAILED."},
           {"name": "payload", "type": ["null", "bytes"], "default": null, "doc": "A corrected request: 0, the schema id of its request record (4 bytes, big-endian), the bytes of its payload."}]},
         {"type": "record", "name": "Stop", "doc": "From the correlator to a worker: the take is not current.", "fields":[
           {"name": "take", "type": "string"},
           {"name": "reason", "type": "string", "default": ""}]},
         {"type": "record", "name": "Deliver", "doc": "From the correlator to a worker: all signals of the take's job.", "fields":[
           {"name": "take", "type": "string"},
           {"name": "signals", "type": {"type": "array", "items": "Signal"}, "default": []}]},
         {"type": "record", "name": "Command", "doc": "What somebody asks for: rejoinder.commands.", "fields":[
           {"name": "requestId", "type": {"type": "string", "logicalType": "uuid"}},
           {"name": "operation", "type": "string"},
           {"name": "time", "type": {"type": "long", "logicalType": "timestamp-millis"}},
           {"name": "by", "type": "string", "default": ""},
           {"name": "command", "type": ["Cancel", "Signal", "Retry", "Stop", "Deliver"]}]},
         {"type": "record", "name": "Heartbeat", "doc": "A worker is alive, and with it all it holds in a partition: rejoinder.heartbeats.", "fields":[
           {"name": "worker", "type": "string"},
           {"name": "time", "type": {"type": "long", "logicalType": "timestamp-millis"}},
           {"name": "partition", "type": "int"},
           {"name": "operation", "type": "string"},
           {"name": "holds", "type": "int", "default": 0, "doc": "Takes that run."},
           {"name": "slots", "type": "int", "default": 0, "doc": "Takes that could run."}]},
         {"type": "record", "name": "Member", "doc": "The owner of a partition: rejoinder.members.", "fields":[
           {"name": "node", "type": "string"},
           {"name": "address", "type": "string", "default": "", "doc": "Where its interface answers."}]},
         {"type": "record", "name": "Schema", "doc": "A registered schema: rejoinder.schemas.", "fields":[
           {"name": "subject", "type": "string"},
           {"name": "id", "type": "int"},
           {"name": "schema", "type": "string", "doc": "The schema's text."}]},
         {"type": "enum", "name": "JobStatus", "doc": "What a client is told.", "symbols": ["ACCEPTED", "RUNNING", "RETRYING", "WAITING", "COMPLETED", "FAILED", "CANCELLED", "EXPIRED"]},
         {"type": "enum", "name": "JobPhase", "doc": "Where the current attempt stands.", "symbols": ["NEW", "OPEN", "FAILED", "CLOSED", "ENDED"]},
         {"type": "record", "name": "TypedBytes", "doc": "A part that an operation types.", "fields":[
           {"name": "schema", "type": "int", "doc": "The id of the schema of the record that it came in."},
           {"name": "bytes", "type": "bytes", "doc": "The Avro bytes of that record's typed part."}]},
         {"type": "record", "name": "DeclaredDetails", "doc": "An error that the operation declares.", "fields":[
           {"name": "type", "type": "string", "doc": "Its name."},
           {"name": "branch", "type": "int", "doc": "Its branch in the union of details."},
           {"name": "value", "type": "TypedBytes"}]},
         {"type": "record", "name": "JobFailure", "doc": "Why an attempt failed.", "fields":[
           {"name": "code", "type": "string"},
           {"name": "message", "type": "string", "default": ""},
           {"name": "retryable", "type": "boolean", "default": false},
           {"name": "json", "type": ["null", "bytes"], "default": null, "doc": "Details as JSON."},
           {"name": "declared", "type": ["null", "DeclaredDetails"], "default": null, "doc": "Details as a declared error."}]},
         {"type": "record", "name": "JobFacts", "doc": "What the first record of the request says, and where it lies.", "fields":[
           {"name": "offset", "type": "long", "doc": "In the operation's requests topic."},
           {"name": "appendedAt", "type": {"type": "long", "logicalType": "timestamp-millis"}, "doc": "The record's time in the log."},
           {"name": "operation", "type": "string"},
           {"name": "createdAt", "type": {"type": "long", "logicalType": "timestamp-millis"}},
           {"name": "tenant", "type": "string", "default": ""},
           {"name": "deadline", "type": ["null", {"type": "long", "logicalType": "timestamp-millis"}], "default": null},
           {"name": "notBefore", "type": ["null", {"type": "long", "logicalType": "timestamp-millis"}], "default": null},
           {"name": "priority", "type": "int", "default": 0},
           {"name": "idempotencyKey", "type": ["null", "string"], "default": null},
           {"name": "replyTo", "type": ["null", "string"], "default": null},
           {"name": "callback", "type": ["null", "string"], "default": null},
           {"name": "traceparent", "type": ["null", "string"], "default": null},
           {"name": "context", "type": {"type": "map", "values": "string"}, "default": {}},
           {"name": "digestHigh", "type": "long", "default": 0, "doc": "Of the body; twins are compared with it."},
           {"name": "digestLow", "type": "long", "default": 0}]},
         {"type": "record", "name": "JobProgress", "doc": "How far the handler has come.", "fields":[
           {"name": "fraction", "type": ["null", "double"], "default": null},
           {"name": "message", "type": "string", "default": ""},
           {"name": "completed", "type": ["null", "long"], "default": null},
           {"name": "total", "type": ["null", "long"], "default": null},
           {"name": "unit", "type": "string", "default": ""}]},
         {"type": "record", "name": "JobWaiting", "doc": "The signal that the handler waits for.", "fields":[
           {"name": "name", "type": "string"},
           {"name": "until", "type": ["null", {"type": "long", "logicalType": "timestamp-millis"}], "default": null},
           {"name": "message", "type": "string", "default": ""}]},
         {"type": "record", "name": "AttemptError", "doc": "How an attempt came to nothing.", "fields":[
           {"name": "attempt", "type": "int"},
           {"name": "worker", "type": "string", "default": ""},
           {"name": "time", "type": {"type": "long", "logicalType": "timestamp-millis"}},
           {"name": "code", "type": "string"},
           {"name": "message", "type": "string", "default": ""}]},
         {"type": "record", "name": "JobCancellation", "doc": "Who asked for cancellation.", "fields":[
           {"name": "by", "type": "string", "default": ""},
           {"name": "reason", "type": "string", "default": ""},
           {"name": "time", "type": {"type": "long", "logicalType": "timestamp-millis"}}]},
         {"type": "record", "name": "JobSignal", "doc": "A signal that reached the job.", "fields":[
           {"name": "name", "type": "string"},
           {"name": "by", "type": "string", "default": ""},
           {"name": "value", "type": "bytes", "default": "", "doc": "JSON."}]},
         {"type": "record", "name": "JobCheckpoint", "doc": "The last value of a step.", "fields":[
           {"name": "step", "type": "string", "default": ""},
           {"name": "value", "type": "bytes", "default": "", "doc": "JSON."}]},
         {"type": "record", "name": "JobSource", "doc": "A source that the job had events of.", "fields":[
           {"name": "name", "type": "string"},
           {"name": "sequence", "type": "long", "default": 0},
           {"name": "attempt", "type": "int", "default": 0},
           {"name": "openAttempt", "type": "int", "default": 0}]},
         {"type": "record", "name": "KeptEvent", "doc": "An event that waits for a request record.", "fields":[
           {"name": "schema", "type": "int", "default": 0, "doc": "The id of the schema of its typed part; 0: it has none."},
           {"name": "declaredType", "type": "string", "default": "", "doc": "The name of the declared error in it, if there is one."},
           {"name": "response", "type": "bytes", "doc": "Its body as in the operation's responses topic."}]},
         {"type": "record", "name": "Job", "doc": "A job, folded.", "fields":[
           {"name": "requestId", "type": {"type": "string", "logicalType": "uuid"}},
           {"name": "facts", "type": ["null", "JobFacts"], "default": null},
           {"name": "payload", "type": ["null", "TypedBytes"], "default": null, "doc": "The request's body, while the job is open or FAILED."},
           {"name": "status", "type": "JobStatus"},
           {"name": "version", "type": "long", "default": 0, "doc": "Counts the events that changed what a client sees."},
           {"name": "attempt", "type": "int", "default": 0},
           {"name": "worker", "type": "string", "default": ""},
           {"name": "progress", "type": ["null", "JobProgress"], "default": null},
           {"name": "waiting", "type": ["null", "JobWaiting"], "default": null},
           {"name": "result", "type": ["null", "TypedBytes"], "default": null},
           {"name": "failure", "type": ["null", "JobFailure"], "default": null},
           {"name": "attemptErrors", "type": {"type": "array", "items": "AttemptError"}, "default": []},
           {"name": "parts", "type": "int", "default": 0},
           {"name": "deadline", "type": ["null", {"type": "long", "logicalType": "timestamp-millis"}], "default": null},
           {"name": "updatedAt", "type": {"type": "long", "logicalType": "timestamp-millis"}, "default": 0},
           {"name": "startedAt", "type": ["null", {"type": "long", "logicalType": "timestamp-millis"}], "default": null},
           {"name": "finishedAt", "type": ["null", {"type": "long", "logicalType": "timestamp-millis"}], "default": null},
           {"name": "reason", "type": "string", "default": "", "doc": "Why it was cancelled, expired or dead-lettered."},
           {"name": "cancellation", "type": ["null", "JobCancellation"], "default": null},
           {"name": "phase", "type": "JobPhase"},
           {"name": "take", "type": "string", "default": "", "doc": "The source of the take that holds the attempt, or held it last."},
           {"name": "boundOffset", "type": ["null", "long"], "default": null, "doc": "The request record that the attempt is bound to."},
           {"name": "attemptStartedAt", "type": ["null", {"type": "long", "logicalType": "timestamp-millis"}], "default": null},
           {"name": "failures", "type": "int", "default": 0},
           {"name": "losses", "type": "int", "default": 0},
           {"name": "nextAttempt", "type": "int", "default": 0},
           {"name": "nextAt", "type": {"type": "long", "logicalType": "timestamp-millis"}, "default": 0},
           {"name": "attemptTop", "type": "int", "default": 0},
           {"name": "reopens", "type": "int", "default": 0},
           {"name": "signals", "type": {"type": "array", "items": "JobSignal"}, "default": []},
           {"name": "checkpoints", "type": {"type": "array", "items": "JobCheckpoint"}, "default": []},
           {"name": "seenAttempt", "type": "int", "default": 0},
           {"name": "newestRecordAt", "type": "long", "default": 0},
           {"name": "lastRecordOffset", "type": "long", "default": -1},
           {"name": "isStartable", "type": "boolean", "default": false},
           {"name": "clashes", "type": {"type": "array", "items": "long"}, "default": []},
           {"name": "sources", "type": {"type": "array", "items": "JobSource"}, "default": []},
           {"name": "kept", "type": {"type": "array", "items": "KeptEvent"}, "default": []},
           {"name": "late", "type": "long", "default": 0}]},
         {"type": "record", "name": "Mark", "doc": "Complete up to the record's offsets: every job that changed before lies before it.", "fields":[]},
         {"type": "record", "name": "Folded", "doc": "A job or a mark with the place that it was folded to: rejoinder.jobs.", "fields":[
           {"name": "writer", "type": "string", "doc": "The node that folded it."},
           {"name": "time", "type": {"type": "long", "logicalType": "timestamp-millis"}},
           {"name": "offsets", "type": {"type": "map", "values": "long"}, "default": {}, "doc": "By topic: the offset that is folded next, of this partition."},
           {"name": "content", "type": ["Job", "Mark"]}]}
        ],"messages":{}}
        """#
}
