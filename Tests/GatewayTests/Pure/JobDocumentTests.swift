import Avro
import Core
import Events
import Telemetry
import Testing

@testable import Gateway

@Suite struct JobDocumentTests {
    private let catalogue: Catalogue
    private let payloads: PayloadRenderer
    private let metrics = Metrics()
    private let id: RequestID

    init() throws {
        catalogue = try Catalogue(files: Ring.schemas())
        let book = SchemaBook(catalogue)
        payloads = PayloadRenderer(schemas: { book.known($0) }, metrics: metrics, logger: .none)
        id = try #require(RequestID("01890a5d-ac96-774b-bcce-b302099a8057"))
    }

    private func job(_ operation: String = "reports.generate", _ change: (inout Job) throws -> Void = { _ in }) throws -> Job {
        let found = try #require(catalogue[operation])
        var job = Job(id: id)
        job.fold(
            request: RequestRecord(
                id: id, operation: operation, createdAt: Timestamp(milliseconds: 1000), deadline: Timestamp(milliseconds: 9000),
                payload: Payload(schema: found.requestEnvelope.id, bytes: try found.requestFromJSON.encode(#"{"source":"a.csv"}"#))),
            offset: 3, appendedAt: Timestamp(milliseconds: 1001))
        try change(&job)
        return job
    }

    private func text(_ job: Job, includesRequest: Bool = false) -> String {
        var json = JSONWriter()
        JobDocument.write(job, into: &json, payloads: payloads, includesRequest: includesRequest)
        return String(decoding: json.bytes, as: UTF8.self)
    }

    private var links: String {
        #""links":{"status":"/status/\#(id.text)","events":"/status/\#(id.text)/events","parts":"/status/\#(id.text)/parts","history":"/status/\#(id.text)/history"}"#
    }

    @Test func acceptedHasEveryFieldAndNullsWhereNothingIsKnown() throws {
        #expect(
            text(try job())
                == #"{"requestId":"\#(id.text)","operation":"reports.generate","status":"ACCEPTED","version":0,"attempt":0,"progress":null,"result":null,"error":null,"createdAt":"1970-01-01T00:00:01.000Z","updatedAt":"1970-01-01T00:00:01.000Z","startedAt":null,"finishedAt":null,"deadline":"1970-01-01T00:00:09.000Z","worker":null,"waitingFor":null,"parts":0,\#(links)}"#
        )
    }

    @Test func everyFieldSet() throws {
        let job = try job { job in
            job.status = .waiting
            job.version = 7
            job.attempt = 2
            job.worker = "w-1"
            job.progress = Progress(fraction: 0.42, message: "half \"way\"", completed: 42, total: 100, unit: "pages")
            job.waiting = Waiting(name: "approval")
            job.parts = 3
            job.startedAt = Timestamp(milliseconds: 2000)
            job.finishedAt = Timestamp(milliseconds: 3000)
            job.updatedAt = Timestamp(milliseconds: 2500)
        }
        #expect(
            text(job)
                == #"{"requestId":"\#(id.text)","operation":"reports.generate","status":"WAITING","version":7,"attempt":2,"progress":{"fraction":0.42,"message":"half \"way\"","completed":42,"total":100,"unit":"pages"},"result":null,"error":null,"createdAt":"1970-01-01T00:00:01.000Z","updatedAt":"1970-01-01T00:00:02.500Z","startedAt":"1970-01-01T00:00:02.000Z","finishedAt":"1970-01-01T00:00:03.000Z","deadline":"1970-01-01T00:00:09.000Z","worker":"w-1","waitingFor":"approval","parts":3,\#(links)}"#
        )
    }

    @Test func theRequestOnlyWhenAskedFor() throws {
        let json = try JSONValue(parsing: Array(text(try job(), includesRequest: true).utf8))
        #expect(json["request"]?["source"]?.string == "a.csv")
        #expect(try JSONValue(parsing: Array(text(try job()).utf8))["request"] == nil)
    }

    @Test func aResultByItsSchema() throws {
        let found = try #require(catalogue["demo.echo"])
        var job = Job(id: id)
        job.fold(
            request: RequestRecord(
                id: id, operation: "demo.echo", createdAt: Timestamp(milliseconds: 1000),
                payload: Payload(schema: found.requestEnvelope.id, bytes: try found.requestFromJSON.encode(#"{"text":"x"}"#))), offset: 0,
            appendedAt: Timestamp(milliseconds: 1000))
        job.result = Payload(schema: found.responseEnvelope.id, bytes: try found.responseFromJSON.encode(#"{"text":"pong"}"#))
        #expect(text(job).contains(#""result":{"text":"pong"},"#))
        #expect(!metrics.exposition().contains("rejoinder_undecodable_payloads_total 1"))
    }

    @Test(
        "a payload that does not decode is null, and counted",
        arguments: [Payload(schema: 12345, bytes: [0]), Payload(schema: 0, bytes: [])])
    func undecodable(payload: Payload) throws {
        #expect(text(try job { $0.result = payload }).contains(#""result":null,"#))
        #expect(metrics.exposition().contains("rejoinder_undecodable_payloads_total 1"))
    }

    @Test func aDeclaredErrorWithItsFieldsAndEachAttempt() throws {
        let found = try #require(catalogue["reports.generate"])
        let branch = try #require(found.branch(ofError: "UnreadableSource"))
        let details = Payload(
            schema: found.responseEnvelope.id, bytes: try found.errorsFromJSON[branch - 2].encode(#"{"line":3,"reason":"quote"}"#))
        let job = try job { job in
            job.status = .failed
            job.phase = .ended
            job.failure = Failure(
                code: "UnreadableSource", message: "line 3", retryable: false,
                details: .declared(type: "org.example.UnreadableSource", branch: branch, payload: details))
            job.attemptErrors = [
                AttemptError(attempt: 1, worker: "w", time: Timestamp(milliseconds: 5000), code: "lost", message: "silent"),
                AttemptError(attempt: 2, worker: "", time: Timestamp(milliseconds: 6000), code: "UnreadableSource", message: "line 3"),
            ]
        }
        #expect(
            text(job).contains(
                #""error":{"code":"UnreadableSource","message":"line 3","retryable":false,"details":{"line":3,"reason":"quote"},"attempts":[{"attempt":1,"worker":"w","time":"1970-01-01T00:00:05.000Z","code":"lost","message":"silent"},{"attempt":2,"worker":null,"time":"1970-01-01T00:00:06.000Z","code":"UnreadableSource","message":"line 3"}]}"#
            ))
    }

    @Test(
        "details that are no JSON are a string, JSON stays, none is an empty object",
        arguments: [
            ([UInt8]("{\"a\":\n [1]}".utf8), #""details":{"a":[1]}"#), (Array("not json".utf8), #""details":"not json""#),
            (nil, #""details":{}"#),
        ] as [([UInt8]?, String)])
    func details(bytes: [UInt8]?, json: String) throws {
        let job = try job { job in
            job.phase = .failed
            job.failure = Failure(code: "x", message: "", retryable: true, details: bytes.map { .json($0) })
        }
        #expect(text(job).contains(json))
    }

    @Test("who ends without a worker's word still says why", arguments: [(JobStatus.expired, "expired"), (.failed, "lost")])
    func decided(status: JobStatus, code: String) throws {
        let json = text(
            try job { job in
                job.status = status
                job.phase = .ended
                job.reason = "because"
            })
        #expect(json.contains(#""error":{"code":"\#(code)","message":"because","retryable":false,"details":{},"attempts":[]}"#))
    }

    @Test func cancelledHasNoError() throws {
        #expect(text(try job { $0.status = .cancelled }).contains(#""error":null"#))
    }

    @Test func theAcknowledgement() {
        #expect(
            String(decoding: Acknowledgement.json(id), as: UTF8.self)
                == #"{"requestId":"\#(id.text)","status":"ACCEPTED","message":"The request is on Kafka. Ask for its status at the link.","links":{"status":"/status/\#(id.text)","events":"/status/\#(id.text)/events","cancel":"/status/\#(id.text)/cancel"}}"#
        )
    }
}
