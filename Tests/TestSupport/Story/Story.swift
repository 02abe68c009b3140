public import Core

/// A job's life told line by line: each line folds one record, with times and sequences that count up by themselves.
public struct Story: Sendable {
    public private(set) var job: Job
    /// What the last line did.
    public private(set) var change = Change(.duplicate)
    private var sequences: [String: Int64] = [:]
    private var clock: Int64 = 1_000

    public static let id = RequestID(high: 0x0190_0000_0000_7000, low: 0x8000_0000_0000_0001)
    public static let body = Payload(schema: 1, bytes: Array("body".utf8))
    public static let otherBody = Payload(schema: 1, bytes: Array("other".utf8))
    public static let answer = Payload(schema: 2, bytes: Array("answer".utf8))

    /// A job whose request lies at offset 10, unless it is to come later.
    public init(requested: Bool = true) {
        job = Job(id: Self.id)
        if requested { request() }
    }

    /// A request record.
    public mutating func request(
        _ offset: Int64 = 10, attempt: Int = 1, payload: Payload = Story.body, deadline: Timestamp? = nil, notBefore: Timestamp? = nil,
        appendedAt: Int64 = 500
    ) {
        let record = RequestRecord(
            id: Self.id, operation: "demo.echo", createdAt: Timestamp(milliseconds: 400), attempt: attempt, tenant: "acme",
            deadline: deadline,
            notBefore: notBefore, payload: payload)
        change = job.fold(request: record, offset: offset, appendedAt: Timestamp(milliseconds: appendedAt))
    }

    /// An event of that source, with the source's next sequence.
    public mutating func event(_ attempt: Int, _ source: String, _ event: Event) {
        sequences[source, default: 0] += 1
        clock += 10
        fold(
            EventRecord(
                id: Self.id, attempt: attempt, source: source, sequence: sequences[source] ?? 0, time: Timestamp(milliseconds: clock),
                event: event))
    }

    /// A *started* of that take.
    public mutating func start(_ attempt: Int = 1, _ source: String = "w/1", offset: Int64 = 10) {
        event(attempt, source, .started(offset: offset, worker: ""))
    }

    /// A retryable failure.
    public mutating func fail(_ attempt: Int = 1, _ source: String = "w/1") {
        event(attempt, source, .failed(Failure(code: "again", message: "try again", retryable: true)))
    }

    /// A decision of a correlator.
    public mutating func decide(_ attempt: Int, _ event: Event) {
        self.event(attempt, "correlator/c1", event)
    }

    /// Any record.
    public mutating func fold(_ record: EventRecord) {
        change = job.fold(event: record)
    }

    /// Runs lines one after another.
    public static func told(requested: Bool = true, _ lines: (inout Story) -> Void) -> Story {
        var story = Story(requested: requested)
        lines(&story)
        return story
    }
}
