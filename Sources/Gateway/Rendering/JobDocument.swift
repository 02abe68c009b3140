import Core
import Events

/// The job as JSON (2-http.md): every field is always there, null when unknown.
enum JobDocument {
    /// Appends the document.
    /// - Parameters:
    ///   - includesRequest: whether the request's payload is echoed, as `?include=request` asks.
    static func write(_ job: Job, into json: inout JSONWriter, payloads: PayloadRenderer, includesRequest: Bool = false) {
        json.beginObject()
        json.key("requestId")
        id(job.id, &json)
        json.key("operation")
        json.string(job.operation)
        json.key("status")
        json.string(job.status.name)
        json.key("version")
        json.integer(job.version)
        json.key("attempt")
        json.integer(Int64(job.attempt))
        json.key("progress")
        progress(job.progress, &json)
        json.key("result")
        if let result = job.result { payloads.write(result, as: .response, into: &json) } else { json.null() }
        json.key("error")
        error(of: job, &json, payloads)
        times(of: job, &json)
        json.key("worker")
        json.string(job.worker.isEmpty ? nil : job.worker)
        json.key("waitingFor")
        json.string(job.waitingFor)
        json.key("parts")
        json.integer(Int64(job.parts))
        if includesRequest {
            json.key("request")
            if let payload = job.payload { payloads.write(payload, as: .request, into: &json) } else { json.null() }
        }
        links(job.id, &json)
        json.endObject()
    }

    /// Whether a document is that of a final job, without parsing it: its first `status` is the job's, because what stands before it is an id and
    /// a name.
    static func isFinal(_ document: ArraySlice<UInt8>) -> Bool {
        let key = Array(#""status":""#.utf8)
        guard let first = key.first else { return false }
        var at = document.startIndex
        while let found = document[at...].firstIndex(of: first) {
            if document[found...].starts(with: key) {
                let name = document[(found + key.count)...].prefix { $0 != UInt8(ascii: "\"") }
                return JobStatus(name: String(decoding: name, as: UTF8.self))?.isFinal ?? false
            }
            at = found + 1
        }
        return false
    }

    private static func id(_ id: RequestID, _ json: inout JSONWriter) {
        json.value { bytes in
            bytes.append(UInt8(ascii: "\""))
            id.appendText(to: &bytes)
            bytes.append(UInt8(ascii: "\""))
        }
    }

    static func time(_ time: Timestamp?, _ json: inout JSONWriter) {
        guard let time else { return json.null() }
        json.value { bytes in
            bytes.append(UInt8(ascii: "\""))
            bytes.append(contentsOf: time.rfc3339Bytes)
            bytes.append(UInt8(ascii: "\""))
        }
    }

    private static func progress(_ progress: Progress?, _ json: inout JSONWriter) {
        guard let progress else { return json.null() }
        json.beginObject()
        json.key("fraction")
        json.number(progress.fraction)
        json.key("message")
        json.string(progress.message)
        json.key("completed")
        json.integer(progress.completed)
        json.key("total")
        json.integer(progress.total)
        json.key("unit")
        json.string(progress.unit)
        json.endObject()
    }

    private static func error(of job: Job, _ json: inout JSONWriter, _ payloads: PayloadRenderer) {
        guard let error = job.error ?? decided(job) else { return json.null() }
        json.beginObject()
        json.key("code")
        json.string(error.code)
        json.key("message")
        json.string(error.message)
        json.key("retryable")
        json.boolean(error.retryable)
        json.key("details")
        switch error.details {
        case nil:
            json.beginObject()
            json.endObject()
        case .json(let text): payloads.writeJSON(text, into: &json)
        case .declared(_, let branch, let payload): payloads.write(payload, as: .error(branch: branch), into: &json)
        }
        json.key("attempts")
        json.beginArray()
        for attempt in job.attemptErrors {
            json.beginObject()
            json.key("attempt")
            json.integer(Int64(attempt.attempt))
            json.key("worker")
            json.string(attempt.worker.isEmpty ? nil : attempt.worker)
            json.key("time")
            time(attempt.time, &json)
            json.key("code")
            json.string(attempt.code)
            json.key("message")
            json.string(attempt.message)
            json.endObject()
        }
        json.endArray()
        json.endObject()
    }

    /// A job that ended without a worker's word still says why.
    private static func decided(_ job: Job) -> Failure? {
        switch job.status {
        case .failed: Failure(code: "lost", message: job.reason.isEmpty ? "No attempt came to an end." : job.reason)
        case .expired:
            Failure(code: "expired", message: job.reason.isEmpty ? "The deadline passed before there was an answer." : job.reason)
        default: nil
        }
    }

    private static func times(of job: Job, _ json: inout JSONWriter) {
        json.key("createdAt")
        time(job.createdAt, &json)
        json.key("updatedAt")
        time(job.updatedAt, &json)
        json.key("startedAt")
        time(job.startedAt, &json)
        json.key("finishedAt")
        time(job.finishedAt, &json)
        json.key("deadline")
        time(job.deadline, &json)
    }

    private static func links(_ id: RequestID, _ json: inout JSONWriter) {
        json.key("links")
        json.beginObject()
        link("status", id, "", &json)
        link("events", id, "/events", &json)
        link("parts", id, "/parts", &json)
        link("history", id, "/history", &json)
        json.endObject()
    }

    static func link(_ name: StaticString, _ id: RequestID, _ tail: StaticString, _ json: inout JSONWriter) {
        json.key(name)
        json.value { bytes in
            bytes.append(contentsOf: "\"/status/".utf8)
            id.appendText(to: &bytes)
            tail.withUTF8Buffer { bytes.append(contentsOf: $0) }
            bytes.append(UInt8(ascii: "\""))
        }
    }
}
