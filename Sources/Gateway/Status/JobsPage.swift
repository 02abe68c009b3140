import Core
import HTTPServer

/// `GET /jobs`: its filters and its answer.
enum JobsPage {
    /// Reads the query; a fault names the parameter.
    static func filter(_ request: Request, _ configuration: GatewayConfiguration) throws(Problem) -> JobFilter {
        var filter = JobFilter(limit: configuration.jobsPerPage)
        for item in request.query {
            guard let value = item.value, !value.isEmpty else { continue }
            switch item.name {
            case "operation": filter.operation = value
            case "tenant": filter.tenant = value
            case "status":
                guard let status = JobStatus(name: value.uppercased()) else {
                    throw .malformed("status must be one of \(JobStatus.allCases.map(\.name).joined(separator: ", ")), not '\(value)'.")
                }
                filter.status = status
            case "since": filter.since = try time(value, "since")
            case "until": filter.until = try time(value, "until")
            case "limit":
                guard let limit = Int(value), (1...configuration.jobsPerPageMax).contains(limit) else {
                    throw .malformed("limit must be a number from 1 to \(configuration.jobsPerPageMax), not '\(value)'.")
                }
                filter.limit = limit
            case "cursor":
                guard let cursor = JobCursor(text: value) else {
                    throw .malformed("cursor must be a nextCursor of an earlier page, not '\(value)'.")
                }
                filter.cursor = cursor
            default: throw .malformed("'\(item.name)' is no filter of /jobs: operation, status, tenant, since, until, limit, cursor.")
            }
        }
        return filter
    }

    private static func time(_ text: String, _ name: String) throws(Problem) -> Timestamp {
        guard let time = Timestamp(rfc3339: text) else {
            throw .malformed("\(name) must be a time such as 2026-11-25T12:00:00Z, not '\(text)'.")
        }
        return time
    }

    static func json(_ page: JobPage, payloads: PayloadRenderer) -> [UInt8] {
        var json = JSONWriter(capacity: 4096)
        json.beginObject()
        json.key("jobs")
        json.beginArray()
        for job in page.jobs { JobDocument.write(job, into: &json, payloads: payloads) }
        json.endArray()
        json.key("nextCursor")
        json.string(page.next?.text)
        json.endObject()
        return json.bytes
    }
}

extension JobCursor {
    /// `<milliseconds>.<id>`
    public var text: String { "\(createdAt.milliseconds).\(id.text)" }

    public init?(text: String) {
        let parts = text.split(separator: ".", maxSplits: 1)
        guard parts.count == 2, let milliseconds = Int64(parts[0]), let id = RequestID(String(parts[1])) else { return nil }
        self.init(createdAt: Timestamp(milliseconds: milliseconds), id: id)
    }
}
