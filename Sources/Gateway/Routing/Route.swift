/// What a request's path names. Methods are looked at afterwards, so that a known path with another method is `405` with `Allow`.
enum Route: Equatable {
    case home
    case live
    case ready
    case metrics
    case operations
    case operation(String)
    case requests(operation: String)
    case jobs
    case status(id: String)
    case statusEvents(id: String)
    case statusHistory(id: String)
    case statusParts(id: String)
    case file(id: String, name: String)
    /// The node-to-node question whether the record at a place is the first of its id (2-http.md, idempotency).
    case facts(id: String)
    /// The schema registry: the segments below it.
    case registry([String])
    /// A path of the interface that this program does not serve yet: `501`.
    case later(String)

    /// - Parameter segments: the path's segments, percent-decoded once.
    init?(segments: [String]) {
        switch (segments.count, segments.first) {
        case (0, _): self = .home
        case (1, "livez"): self = .live
        case (1, "readyz"): self = .ready
        case (1, "metrics"): self = .metrics
        case (1, "operations"): self = .operations
        case (2, "operations"): self = .operation(segments[1])
        case (2, "requests"): self = .requests(operation: segments[1])
        case (1, "jobs"): self = .jobs
        case (2, "status"): self = .status(id: segments[1])
        case (3, "status"), (4, "status"): self.init(status: segments)
        case (3, "files"): self = .file(id: segments[1], name: segments[2])
        case (3, "node") where segments[1] == "facts": self = .facts(id: segments[2])
        case (1, "openapi.json"), (1, "asyncapi.json"): self = .later("/" + segments[0])
        case (1..., "registry"): self = .registry(Array(segments.dropFirst()))
        default: return nil
        }
    }

    private init?(status segments: [String]) {
        switch (segments[2], segments.count) {
        case ("events", 3): self = .statusEvents(id: segments[1])
        case ("history", 3): self = .statusHistory(id: segments[1])
        case ("parts", 3): self = .statusParts(id: segments[1])
        case ("socket", 3), ("cancel", 3), ("retry", 3), ("explain", 3), ("result", 3): self = .later("/status/{id}/" + segments[2])
        case ("signals", 4): self = .later("/status/{id}/signals/{name}")
        default: return nil
        }
    }

    /// The methods this path answers, as `Allow` lists them.
    var methods: String {
        switch self {
        case .requests: "POST"
        case .later(let path) where path.hasSuffix("/cancel") || path.hasSuffix("/retry") || path.hasSuffix("/signals/{name}"): "POST"
        case .registry: "GET, HEAD, POST"
        default: "GET, HEAD"
        }
    }

    func accepts(_ method: String) -> Bool {
        switch self {
        case .requests: method == "POST" || method == "OPTIONS"
        // The registry refuses a method in the form that its clients read.
        case .registry: true
        case .later: method == "OPTIONS" || methods.split(separator: ", ").contains { $0 == method }
        default: method == "GET" || method == "HEAD" || method == "OPTIONS"
        }
    }

    /// Whether access to it can be granted and refused; the others are open to everybody.
    var isGuarded: Bool {
        switch self {
        case .home, .live, .ready, .metrics, .operations, .operation, .facts, .registry, .later: false
        case .requests, .jobs, .status, .statusEvents, .statusHistory, .statusParts, .file: true
        }
    }

    /// The path as metrics name it: without ids, so that its values are few.
    var label: String {
        switch self {
        case .home: "/"
        case .live: "/livez"
        case .ready: "/readyz"
        case .metrics: "/metrics"
        case .operations: "/operations"
        case .operation: "/operations/{operation}"
        case .requests: Self.requestsLabel
        case .jobs: "/jobs"
        case .status: "/status/{id}"
        case .statusEvents: "/status/{id}/events"
        case .statusHistory: "/status/{id}/history"
        case .statusParts: "/status/{id}/parts"
        case .file: "/files/{id}/{name}"
        case .facts: "/node/facts/{id}"
        case .registry: "/registry"
        case .later: "later"
        }
    }

    /// All values of `label`, and the one of paths that are none.
    static let labels = [
        "/", "/livez", "/readyz", "/metrics", "/operations", "/operations/{operation}", requestsLabel, "/jobs", "/status/{id}",
        "/status/{id}/events", "/status/{id}/history", "/status/{id}/parts", "/files/{id}/{name}", "/node/facts/{id}", "/registry", "later",
        unknownLabel,
    ]
    static let requestsLabel = "/requests/{operation}"
    static let unknownLabel = "other"
}
