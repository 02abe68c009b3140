import Glibc
import HTTPServer
import Synchronization

/// Completes pending replies as Kafka's thread does: all that one poll finds, in one batch.
final class Acknowledger: Sendable {
    private let waiting = Mutex<[PendingReply]>([])
    nonisolated(unsafe) private let bell = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
    private let answer = Array(#"{"requestId":"0198c1f2-7a00-7000-8000-000000000000","status":"ACCEPTED","links":{}}"#.utf8)

    init() { sem_init(bell, 0, 0) }

    func start() {
        var thread = pthread_t()
        pthread_create(
            &thread, nil,
            { context in
                Unmanaged<Acknowledger>.fromOpaque(context!).takeRetainedValue().run()
                return nil
            }, Unmanaged.passRetained(self).toOpaque())
    }

    func add(_ reply: PendingReply) {
        let wasEmpty = waiting.withLock { waiting in
            waiting.append(reply)
            return waiting.count == 1
        }
        if wasEmpty { sem_post(bell) }
    }

    func run() {
        while true {
            sem_wait(bell)
            let batch = waiting.withLock { waiting in
                let taken = waiting
                waiting = []
                return taken
            }
            PendingReply.completeAll(
                batch.map { reply in
                    let headers = [
                        ("Content-Type", "application/json"), ("Location", "/status/0198c1f2-7a00-7000-8000-000000000000?seen=3-4711"),
                        ("Retry-After", "1"),
                    ]
                    return (reply, Response(status: 202, headers: headers, body: answer))
                })
        }
    }
}

/// Serves what `HTTPBenchmark/run` loads: `GET /hello`, `POST /requests/demo`, and `GET /events` for idle streams. Prints its port.
@main enum HTTPBenchmark {
    static func main() throws {
        let acknowledger = Acknowledger()
        let hello = Response(status: 200, headers: [("Content-Type", "text/plain")], body: Array("hello\n".utf8))
        let server = Server(address: "127.0.0.1", port: 0) { request in
            switch (request.method, request.segments.first) {
            case ("GET", "hello"): return .reply(hello)
            case ("POST", "requests"):
                guard request.headers.first("content-type", is: "application/json"), request.headers.first("idempotency-key") == nil else {
                    return .reply(Response(status: 415))
                }
                let reply = PendingReply(within: .seconds(1)) { Response(status: 503) }
                acknowledger.add(reply)
                return .later(reply)
            case ("GET", "events"): return .events(EventStream())
            default: return .reply(Response(status: 404))
            }
        }
        acknowledger.start()
        print(try server.start())
        fflush(nil)
        while getchar() != EOF {}
    }
}
