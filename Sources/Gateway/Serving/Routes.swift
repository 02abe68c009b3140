import Core
import Events
import HTTPClient
import HTTPServer
import Telemetry

/// One request to its route: methods first, then what each path does. On the server's thread; nothing here waits.
struct Routes: Sendable {
    let configuration: GatewayConfiguration
    let operations: [Operation]
    let acceptor: Acceptor?
    let queries: any JobQueries
    let reader: StatusReader
    let feed: EventFeed
    let forwarder: Forwarder
    let files: ResultFiles?
    let registry: RegistryEndpoint?
    let metrics: Metrics
    let requestMetrics: RequestMetrics
    /// Nil when this node can do what its role is for.
    let notReady: @Sendable () -> String?
    /// Addresses of the other nodes that own partitions.
    let otherNodes: @Sendable () -> [String]

    func answer(_ request: Request) -> Outcome {
        guard let route = Route(segments: request.segments) else {
            let problem = Problem.notFound("There is no such path. GET / lists what there is.")
            requestMetrics.count(Route.unknownLabel, status: 404)
            return .reply(Answers.problem(problem, to: request))
        }
        let outcome = outcome(route, request)
        if case .reply(let response) = outcome { requestMetrics.count(route.label, status: response.status) }
        return outcome
    }

    private func outcome(_ route: Route, _ request: Request) -> Outcome {
        guard route.accepts(request.method) else { return refuse(.notAllowed(request.method, route), request) }
        if request.method == "OPTIONS" { return .reply(Response(status: 204, headers: [("Allow", route.methods)])) }
        if route.isGuarded, request.headers.first("authorization") != nil {
            return refuse(.notImplemented("The header field Authorization"), request)
        }
        switch route {
        case .home:
            return .reply(
                Response(
                    status: 200,
                    headers: [
                        ("Content-Type", "text/html; charset=utf-8"), ("Content-Security-Policy", HomePage.contentSecurityPolicy),
                        ("X-Content-Type-Options", "nosniff"),
                    ],
                    body: Array(HomePage.html.utf8)))
        case .live: return .reply(Answers.text("alive\n"))
        case .ready: return ready(request)
        case .metrics: return .reply(Answers.text(metrics.exposition(), type: "text/plain; version=0.0.4; charset=utf-8"))
        case .operations: return .reply(Answers.document(OperationsPage.list(operations), headers: [("Cache-Control", "no-cache")]))
        case .operation(let name): return operation(name, request)
        case .requests(let name):
            return acceptor?.take(request, operation: name) ?? refuse(.unavailable("this node takes no requests; ask a gateway"), request)
        case .jobs: return jobs(request)
        case .status(let id): return withID(id, request) { status($0, request, route) }
        case .statusEvents(let id): return withID(id, request) { events($0, request, route) }
        case .statusHistory(let id): return withID(id, request) { history($0, request, route) }
        case .statusParts(let id): return withID(id, request) { parts($0, request, route) }
        case .file(let id, let name): return file(id, name, request)
        case .facts(let id): return withID(id, request) { facts($0, request) }
        case .registry(let path):
            return registry?.answer(request, path) ?? refuse(.notFound("This node has no schema registry."), request)
        case .later(let path): return refuse(.notImplemented(path), request)
        }
    }

    // MARK: Probes and operations

    private func ready(_ request: Request) -> Outcome {
        if let reason = notReady() { return refuse(.unavailable(reason), request) }
        return .reply(Answers.text("ready\n"))
    }

    private func operation(_ name: String, _ request: Request) -> Outcome {
        guard let operation = operations.first(where: { $0.name == name }) else {
            return refuse(.notFound("There is no operation '\(name)'. GET /operations lists them."), request)
        }
        return .reply(Answers.document(OperationsPage.one(operation), headers: [("Cache-Control", "no-cache")]))
    }

    // MARK: One job

    private func status(_ id: RequestID, _ request: Request, _ route: Route) -> Outcome {
        reader.answer(StatusReader.Question(request, id: id), count: { requestMetrics.count(route.label, status: $0) }) {
            forward(id, request, route)
        }
    }

    private func events(_ id: RequestID, _ request: Request, _ route: Route) -> Outcome {
        let last = request.headers.first("last-event-id").flatMap { Int64($0) }
        return known(id, request, route) { feed.open(id, last: last) }
    }

    private func history(_ id: RequestID, _ request: Request, _ route: Route) -> Outcome {
        let page: @Sendable ([HistoryEntry]) -> Response = {
            Answers.document(HistoryPage.json(id, $0), headers: [("Cache-Control", "no-store")])
        }
        if case .job(let job) = queries.lookup(id) {
            return CommittedRead.answer(
                whole: { [queries] in
                    let entries = queries.history(of: id) ?? []
                    return entries.contains { $0.time >= job.updatedAt } ? page(entries) : nil
                }, otherwise: { [queries] in page(queries.history(of: id) ?? []) }, count: counting(route))
        }
        return known(id, request, route) { queries.history(of: id).map { .reply(page($0)) } }
    }

    private func counting(_ route: Route) -> @Sendable (Response) -> Void {
        { [requestMetrics] in requestMetrics.count(route.label, status: $0.status) }
    }

    private func parts(_ id: RequestID, _ request: Request, _ route: Route) -> Outcome {
        let after = request.query("after").map { Int($0) ?? -2 } ?? -1
        if after < -1, let text = request.query("after") {
            return refuse(.malformed("after must be the index of the last part that you have, not '\(text)'."), request)
        }
        if case .job(let job) = queries.lookup(id), after < job.parts - 1 {
            let read: @Sendable () -> [JobPart] = { [queries, configuration] in
                queries.parts(of: id, after: after, limit: configuration.partsPerPageMax + 1) ?? []
            }
            let page: @Sendable ([JobPart]) -> Response = { [configuration, reader] in
                PartsPage.response($0, limit: configuration.partsPerPageMax, payloads: reader.payloads)
            }
            let isWhole: @Sendable ([JobPart]) -> Bool = { [configuration] found in
                found.count > configuration.partsPerPageMax || found.last.map { $0.index >= job.parts - 1 } == true
            }
            return CommittedRead.answer(
                whole: {
                    let found = read()
                    return isWhole(found) ? page(found) : nil
                }, otherwise: { page(read()) }, count: counting(route))
        }
        return known(id, request, route) {
            queries.parts(of: id, after: after, limit: configuration.partsPerPageMax + 1).map {
                .reply(PartsPage.response($0, limit: configuration.partsPerPageMax, payloads: reader.payloads))
            }
        }
    }

    /// Runs `body` where the job is here; else finds out which of the three it is: unknown, not yet visible, forgotten.
    private func known(_ id: RequestID, _ request: Request, _ route: Route, _ body: @escaping @Sendable () -> Outcome?) -> Outcome {
        switch queries.lookup(id) {
        case .job: return body() ?? refuse(.unknownJob(id.text), request)
        case .elsewhere: return forward(id, request, route)
        case .purged: return refuse(.purged(id.text), request)
        case .notReady(let reason): return refuse(.unavailable(reason), request)
        case .absent:
            return reader.seek(
                StatusReader.Question(request, id: id), count: { requestMetrics.count(route.label, status: $0) }, found: body)
        }
    }

    private func forward(_ id: RequestID, _ request: Request, _ route: Route) -> Outcome {
        if forwarder.headers.isForwarded(request) {
            return refuse(.unavailable("the job's partition moves between nodes; ask again"), request)
        }
        guard case .node(let address) = queries.owner(of: id) else {
            return refuse(.unavailable("no correlator owns the job's partition now; ask again"), request)
        }
        if case .statusEvents = route { return forwarder.forwardEvents(request, of: id, to: address, label: route.label) }
        return forwarder.forward(request, to: address, label: route.label)
    }

    private func facts(_ id: RequestID, _ request: Request) -> Outcome {
        guard forwarder.headers.isForwarded(request) else {
            return refuse(.notFound("There is no such path. GET / lists what there is."), request)
        }
        guard let place = request.query("seen").flatMap(Place.init) else { return refuse(.malformed("seen must name a place."), request) }
        let late = Answers.problem(.unavailable("the fold has not reached the place in time"), to: request)
        let reply = PendingReply(within: configuration.foldWaitMax, otherwise: { late })
        queries.whenFolded(operation: place.operation, partition: place.partition, past: place.offset, within: configuration.foldWaitMax) {
            [queries] folded in
            guard folded, case .job(let job) = queries.lookup(id), let facts = job.facts else {
                reply.complete(late)
                return
            }
            reply.complete(Answers.document(FactsPage.json(facts), headers: [("Cache-Control", "no-store")]))
        }
        return .later(reply)
    }

    // MARK: Lists and files

    private func jobs(_ request: Request) -> Outcome {
        let filter: JobFilter
        do throws(Problem) {
            filter = try JobsPage.filter(request, configuration)
        } catch {
            return refuse(error, request)
        }
        let own = JobsPage.json(queries.jobs(filter), payloads: reader.payloads)
        let others = forwarder.headers.isForwarded(request) ? [] : otherNodes()
        guard !others.isEmpty else { return .reply(Answers.document(own, headers: [("Cache-Control", "no-store")])) }
        let reply = PendingReply()
        Task { [forwarder] in
            let pages = await gather(request.target, others, forwarder)
            var response = Answers.problem(.unavailable("another node did not answer; ask again"), to: request)
            if let pages, let body = JobsGathering.join([own] + pages, limit: filter.limit) {
                response = Answers.document(body, headers: [("Cache-Control", "no-store")])
            }
            requestMetrics.count(Route.jobs.label, status: response.status)
            reply.complete(response)
        }
        return .later(reply)
    }

    private func gather(_ target: String, _ addresses: [String], _ forwarder: Forwarder) async -> [[UInt8]]? {
        await withTaskGroup(of: [UInt8]?.self) { group in
            for address in addresses {
                group.addTask {
                    let answer = await forwarder.ask(target, at: address, timeout: .seconds(5))
                    return answer?.status == 200 ? answer?.body : nil
                }
            }
            var pages: [[UInt8]] = []
            for await page in group {
                guard let page else { return nil }
                pages.append(page)
            }
            return pages
        }
    }

    private func file(_ id: String, _ name: String, _ request: Request) -> Outcome {
        guard let found = files?.find(id: id, name: name) else { return refuse(.notFound("There is no such file."), request) }
        let headers = [
            ("Content-Type", found.type), ("X-Content-Type-Options", "nosniff"), ("Cache-Control", "private, max-age=60"),
            ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"),
        ]
        return .reply(Response(status: 200, headers: headers.map { (name: $0.0, value: $0.1) }, file: found.file))
    }

    private func withID(_ text: String, _ request: Request, _ body: (RequestID) -> Outcome) -> Outcome {
        guard let id = RequestID(text.lowercased()) else { return refuse(.unknownJob(text), request) }
        return body(id)
    }

    private func refuse(_ problem: Problem, _ request: Request) -> Outcome { .reply(Answers.problem(problem, to: request)) }
}
