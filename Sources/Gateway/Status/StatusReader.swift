import Core
import HTTPServer
import Telemetry

/// Answers `GET /status/{id}`: the job now, or held until it changes.
struct StatusReader: Sendable {
    let queries: any JobQueries
    let payloads: PayloadRenderer
    let configuration: GatewayConfiguration
    let retryTimes: RetryTimes

    /// What a reader asks for.
    struct Question: Sendable {
        let id: RequestID
        let request: Request
        let ifNoneMatch: String?
        let wait: Int?
        let includesRequest: Bool

        /// The target as it came, for the problem documents.
        var target: String { request.target }
        /// The place in the log that the reader has seen.
        var place: Place? { request.query("seen").flatMap(Place.init) }

        init(_ request: Request, id: RequestID) {
            self.id = id
            self.request = request
            ifNoneMatch = request.headers.first("if-none-match")
            wait = request.headers.first("prefer") == nil ? nil : Preferences(request.headers.values("prefer")).wait
            includesRequest = !request.query.isEmpty && request.query("include") == "request"
        }

        /// Whether the job is another than the one that the reader has already.
        func isNew(_ job: Job) -> Bool {
            ifNoneMatch.map { !EntityTag.matches($0, version: job.version) } ?? false
        }
    }

    /// - Parameters:
    ///   - count: told the status of an answer that comes later.
    ///   - elsewhere: asked when another node owns the partition.
    func answer(_ question: Question, count: @escaping @Sendable (Int) -> Void, elsewhere: () -> Outcome) -> Outcome {
        switch queries.lookup(question.id) {
        case .job(let job):
            return isHeld(question, job) ? hold(question, count, arrived: job.version) : .reply(answer(question, job))
        case .elsewhere: return elsewhere()
        case .purged: return .reply(problem(.purged(question.id.text), question))
        case .notReady(let reason): return .reply(problem(.unavailable(reason), question))
        case .absent: return seek(question, count: count, found: nil)
        }
    }

    // MARK: Answers

    func answer(_ question: Question, _ job: Job) -> Response {
        var headers: [(name: String, value: String)] = []
        headers.reserveCapacity(5)
        headers.append(("ETag", EntityTag.text(job.version)))
        if job.status.isFinal {
            headers.append(("Cache-Control", "private, max-age=60"))
        } else {
            headers.append(("Cache-Control", "private, no-cache"))
            headers.append(("Retry-After", String(retryAfter(job.operation))))
        }
        if let wait = question.wait { headers.append(("Preference-Applied", "wait=\(wait)")) }
        if let tag = question.ifNoneMatch, EntityTag.matches(tag, version: job.version) { return Response(status: 304, headers: headers) }
        var json = JSONWriter(capacity: 1024)
        JobDocument.write(job, into: &json, payloads: payloads, includesRequest: question.includesRequest)
        headers.append(("Content-Type", Answers.json))
        return Response(status: 200, headers: headers, body: json.bytes)
    }

    /// Seconds after which it is worth asking again.
    func retryAfter(_ operation: String) -> Int { retryTimes.seconds(operation) }

    private func problem(_ problem: Problem, _ question: Question) -> Response {
        Response(
            status: problem.status,
            headers: [("Content-Type", "application/problem+json"), ("Cache-Control", "no-store")] + problem.headers,
            body: problem.json(instance: question.target))
    }

    // MARK: Waiting

    /// One held answer: what is asked for, its promise, its watch, and who counts it.
    private struct Held: Sendable {
        let question: Question
        let reply: PendingReply
        let watch: Watch
        let count: @Sendable (Int) -> Void
        /// The version that the job had on arrival.
        var arrived: Int64?

        func complete(_ response: Response) {
            watch.cancel()
            if reply.complete(response) { count(response.status) }
        }
    }

    private func isHeld(_ question: Question, _ job: Job) -> Bool { question.wait ?? 0 > 0 && !job.status.isFinal && !question.isNew(job) }

    /// Holds the answer until the job is new to the reader, or its time is over.
    private func hold(_ question: Question, _ count: @escaping @Sendable (Int) -> Void, arrived: Int64) -> Outcome {
        let watch = Watch()
        let reply = PendingReply(
            within: .seconds(question.wait ?? 0),
            otherwise: {
                watch.cancel()
                let response = now(question)
                count(response.status)
                return response
            }, onAbandoned: { watch.cancel() })
        let held = Held(question: question, reply: reply, watch: watch, count: count, arrived: arrived)
        return observe(held).map { .reply($0) } ?? .later(reply)
    }

    /// Watches the job for a held answer.
    /// - Returns: the answer, when there is one at once.
    private func observe(_ held: Held) -> Response? {
        let question = held.question
        let (answer, observation) = queries.observe(question.id) { [self] job in
            guard let job else { return held.complete(problem(.unavailable("the job's partition moves to another node"), question)) }
            // Every state that comes here is later than the one on arrival; a reader with a tag may know it nevertheless.
            guard question.ifNoneMatch == nil || question.isNew(job) || job.status.isFinal else { return }
            held.complete(self.answer(question, job))
        }
        held.watch.set(observation)
        // What happened between the first look and the watch.
        if case .job(let job) = answer, isHeld(question, job), held.arrived ?? job.version == job.version { return nil }
        held.watch.cancel()
        return now(question)
    }

    private func now(_ question: Question) -> Response {
        switch queries.lookup(question.id) {
        case .job(let job): answer(question, job)
        case .purged: problem(.purged(question.id.text), question)
        case .absent: problem(.unknownJob(question.id.text), question)
        case .notReady(let reason): problem(.unavailable(reason), question)
        case .elsewhere: problem(.unavailable("the job's partition moves to another node"), question)
        }
    }

    /// An id that is not folded here is unknown only once the fold has passed what was in the log when it was asked for.
    /// - Parameter found: what is answered when the job is there by then; nil for the job itself, held when the reader waits for a change.
    func seek(_ question: Question, count: @escaping @Sendable (Int) -> Void, found: (@Sendable () -> Outcome?)?) -> Outcome {
        let watch = Watch()
        let isFolded = Locked(false)
        let late = problem(.unavailable("the fold has not reached the end of the log in time; ask again"), question)
        let wait: Duration = found == nil ? .seconds(question.wait ?? 0) : .zero
        let reply = PendingReply(
            within: max(configuration.foldWaitMax + .milliseconds(200), wait),
            otherwise: {
                watch.cancel()
                let response = isFolded.withLock { $0 } ? now(question) : late
                count(response.status)
                return response
            }, onAbandoned: { watch.cancel() })
        let held = Held(question: question, reply: reply, watch: watch, count: count)
        passes(question) { [self] folded in
            guard folded else { return held.complete(late) }
            isFolded.withLock { $0 = true }
            settle(held, found, late)
        }
        return .later(reply)
    }

    /// The fold has passed what there was.
    private func settle(_ held: Held, _ found: (@Sendable () -> Outcome?)?, _ late: Response) {
        guard case .job(let job) = queries.lookup(held.question.id) else { return held.complete(now(held.question)) }
        guard let found else {
            if !isHeld(held.question, job) { return held.complete(answer(held.question, job)) }
            if let response = observe(held) { held.complete(response) }
            if !held.reply.isOpen { held.watch.cancel() }
            return
        }
        switch found() {
        case .reply(let response): held.complete(response)
        case .events(let stream): if held.reply.complete(stream) { held.count(200) }
        case .later: held.complete(late)  // no answer is held twice
        case nil: held.complete(now(held.question))
        }
    }

    /// Waits until the fold has passed the place that the reader has seen, and where the job is not there then, because the place was another's,
    /// the end that the partition has now.
    private func passes(_ question: Question, _ done: @escaping @Sendable (Bool) -> Void) {
        let limit = configuration.foldWaitMax
        guard let place = question.place else { return queries.whenFoldedToEnd(of: question.id, within: limit, done) }
        let end = ContinuousClock.now + limit
        queries.whenFolded(operation: place.operation, partition: place.partition, past: place.offset, within: limit) { [queries] folded in
            guard folded, case .absent = queries.lookup(question.id) else { return done(folded) }
            queries.whenFoldedToEnd(of: question.id, within: max(.zero, end - .now), done)
        }
    }
}
