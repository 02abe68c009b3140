import Core
import HTTPServer
import Telemetry

/// Answers `GET /status/{id}`: the job now, or held until it changes.
struct StatusReader: Sendable {
    let queries: any JobQueries
    let payloads: PayloadRenderer
    let configuration: GatewayConfiguration

    /// What a reader asks for.
    struct Question: Sendable {
        let id: RequestID
        /// The target as it came, for the problem documents.
        let target: String
        let place: Place?
        let ifNoneMatch: String?
        let wait: Int?
        let applied: String?
        let includesRequest: Bool

        init(_ request: Request, id: RequestID) {
            self.id = id
            target = request.target
            place = request.query("seen").flatMap(Place.init)
            ifNoneMatch = request.headers.first("if-none-match")
            let preferences = request.headers.first("prefer") == nil ? Preferences([]) : Preferences(request.headers.values("prefer"))
            wait = preferences.wait
            applied = preferences.wait.map { "wait=\($0)" }
            includesRequest = request.query("include") == "request"
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
            let isHeld = question.wait ?? 0 > 0 && !job.status.isFinal && !question.isNew(job)
            return isHeld ? hold(question, count) : .reply(answer(question, job))
        case .elsewhere: return elsewhere()
        case .purged: return .reply(problem(.purged(question.id.text), question))
        case .notReady(let reason): return .reply(problem(.unavailable(reason), question))
        case .absent: return seek(question, count: count) { nil }
        }
    }

    // MARK: Answers

    func answer(_ question: Question, _ job: Job) -> Response {
        var headers: [(name: String, value: String)] = [("ETag", EntityTag.text(job.version))]
        if job.status.isFinal {
            headers.append(("Cache-Control", "private, max-age=60"))
        } else {
            headers.append(("Cache-Control", "private, no-cache"))
            headers.append(("Retry-After", "\(retryAfter(job.operation))"))
        }
        if let applied = question.applied { headers.append(("Preference-Applied", applied)) }
        if let tag = question.ifNoneMatch, EntityTag.matches(tag, version: job.version) { return Response(status: 304, headers: headers) }
        var json = JSONWriter(capacity: 1024)
        JobDocument.write(job, into: &json, payloads: payloads, includesRequest: question.includesRequest)
        return Answers.document(json.bytes, headers: headers)
    }

    /// Seconds after which it is worth asking again: the operation's usual time, from one second to a minute.
    func retryAfter(_ operation: String) -> Int {
        guard let usual = queries.typicalDuration(of: operation) else { return 1 }
        return Int(min(max(usual.components.seconds, 1), 60))
    }

    private func problem(_ problem: Problem, _ question: Question) -> Response {
        Response(
            status: problem.status, headers: [("Content-Type", "application/problem+json"), ("Cache-Control", "no-store")] + problem.headers,
            body: problem.json(instance: question.target))
    }

    // MARK: Waiting

    /// Holds the answer until the job is new to the reader, or its time is over.
    private func hold(_ question: Question, _ count: @escaping @Sendable (Int) -> Void) -> Outcome {
        let watch = Watch()
        let reply = PendingReply(
            within: .seconds(question.wait ?? 0),
            otherwise: {
                watch.cancel()
                let response = now(question)
                count(response.status)
                return response
            }, onAbandoned: { watch.cancel() })
        let (answer, observation) = queries.observe(question.id) { [self] job in
            guard let job else {
                watch.cancel()
                reply.complete(problem(.unavailable("the job's partition moves to another node"), question))
                return
            }
            // Every state that comes here is later than the one on arrival; a reader with a tag may know it nevertheless.
            guard question.ifNoneMatch == nil || question.isNew(job) || job.status.isFinal else { return }
            watch.cancel()
            let response = self.answer(question, job)
            if reply.complete(response) { count(response.status) }
        }
        watch.set(observation)
        // What happened between the first look and the watch.
        if case .job(let job) = answer {
            if question.isNew(job) || job.status.isFinal {
                watch.cancel()
                return .reply(self.answer(question, job))
            }
        } else {
            watch.cancel()
            return .reply(now(question))
        }
        return .later(reply)
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
    /// - Parameter found: what is answered when the job is there by then; the job itself when it gives nothing.
    func seek(_ question: Question, count: @escaping @Sendable (Int) -> Void, found: @escaping @Sendable () -> Outcome?) -> Outcome {
        let late = problem(.unavailable("the fold has not reached the end of the log in time; ask again"), question)
        let reply = PendingReply(within: configuration.foldWaitMax + .milliseconds(200), otherwise: { late })
        let done: @Sendable (Bool) -> Void = { [self] folded in
            let outcome: Outcome
            if !folded {
                outcome = .reply(late)
            } else if case .job = queries.lookup(question.id), let answer = found() {
                outcome = answer
            } else {
                outcome = .reply(now(question))
            }
            switch outcome {
            case .reply(let response):
                if reply.complete(response) { count(response.status) }
            case .events(let stream):
                if reply.complete(stream) { count(200) }
            case .later: reply.complete(late)  // no answer is held twice
            }
        }
        if let place = question.place {
            queries.whenFolded(
                operation: place.operation, partition: place.partition, past: place.offset, within: configuration.foldWaitMax, done)
        } else {
            queries.whenFoldedToEnd(of: question.id, within: configuration.foldWaitMax, done)
        }
        return .later(reply)
    }
}

/// The watch of one held answer, ended by whichever end comes first.
final class Watch: Sendable {
    private struct State {
        var observation: (any JobObservation)?
        var isCancelled = false
    }

    private let state = Locked(State())

    func set(_ observation: any JobObservation) {
        let isLate = state.withLock { state in
            if !state.isCancelled { state.observation = observation }
            return state.isCancelled
        }
        if isLate { observation.cancel() }
    }

    func cancel() {
        let observation = state.withLock { state in
            state.isCancelled = true
            defer { state.observation = nil }
            return state.observation
        }
        observation?.cancel()
    }
}
