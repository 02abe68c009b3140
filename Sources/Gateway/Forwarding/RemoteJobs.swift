import Core
import HTTPClient
import HTTPServer

/// What the requests of this gateway need of jobs that another node owns.
struct RemoteJobs: Sendable {
    let forwarder: Forwarder
    let queries: any JobQueries
    let patience: Duration

    /// The facts of the exchange's id, once the owner's fold has passed the place; nil when nobody could say in time.
    func askOwner(_ exchange: Exchange, _ place: Place, _ done: @escaping @Sendable (FirstRecord?) -> Void) {
        guard case .node(let address) = queries.owner(of: exchange.id) else { return done(nil) }
        Task {
            let answer = await forwarder.ask("/node/facts/\(exchange.id.text)?seen=\(place.text)", at: address, timeout: patience)
            done(answer?.status == 200 ? answer.flatMap { FactsPage.parse($0.body) } : nil)
        }
    }

    /// The owner's answer when the job ends in time; nil when it does not, or the owner is silent.
    func wait(_ exchange: Exchange, _ seconds: Int, _ done: @escaping @Sendable (Response?) -> Void) {
        guard case .node(let address) = queries.owner(of: exchange.id), let place = exchange.place else { return done(nil) }
        let end = exchange.began + .seconds(seconds)
        Task {
            var tag: String?
            while true {
                let left = Int((end - .now).components.seconds)
                guard left > 0 else { return done(nil) }
                var extra: [(name: String, value: String)] = [("prefer", "wait=\(left)")]
                if let tag { extra.append(("if-none-match", tag)) }
                let path = "/status/\(exchange.id.text)?seen=\(place.text)"
                guard let answer = await forwarder.ask(path, at: address, timeout: .seconds(left) + Forwarder.patience, extra: extra) else {
                    return done(nil)
                }
                guard answer.status == 200 || answer.status == 304 else { return done(nil) }
                tag = answer.header("etag")
                if answer.status == 200, answer.header("retry-after") == nil {  // final: only a running job says when to ask again
                    let passed = ["content-type", "etag", "cache-control"]
                    var headers = answer.headers.filter { passed.contains($0.name) }
                    AcceptanceAnswers.append(exchange, to: &headers)
                    return done(Response(status: 200, headers: headers, body: answer.body))
                }
            }
        }
    }
}
