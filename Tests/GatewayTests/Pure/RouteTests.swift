import Testing

@testable import Gateway

@Suite struct RouteTests {
    @Test(
        "a path is one route",
        arguments: [
            ([], Route.home), (["livez"], .live), (["readyz"], .ready), (["metrics"], .metrics), (["operations"], .operations),
            (["operations", "demo.echo"], .operation("demo.echo")), (["requests", "demo.echo"], .requests(operation: "demo.echo")),
            (["jobs"], .jobs),
            (["status", "x"], .status(id: "x")), (["status", "x", "events"], .statusEvents(id: "x")),
            (["status", "x", "history"], .statusHistory(id: "x")), (["status", "x", "parts"], .statusParts(id: "x")),
            (["files", "x", "a/b"], .file(id: "x", name: "a/b")), (["node", "facts", "x"], .facts(id: "x")),
            (["status", "x", "socket"], .later("/status/{id}/socket")), (["status", "x", "cancel"], .later("/status/{id}/cancel")),
            (["status", "x", "retry"], .later("/status/{id}/retry")), (["status", "x", "explain"], .later("/status/{id}/explain")),
            (["status", "x", "result"], .later("/status/{id}/result")),
            (["status", "x", "signals", "go"], .later("/status/{id}/signals/{name}")),
            (["openapi.json"], .later("/openapi.json")), (["asyncapi.json"], .later("/asyncapi.json")), (["registry"], .registry([])),
            (["registry", "subjects", "a/b"], .registry(["subjects", "a/b"])),
        ] as [([String], Route)])
    func route(segments: [String], route: Route) { #expect(Route(segments: segments) == route) }

    @Test(
        "anything else is none",
        arguments: [
            [""], ["status"], ["requests"], ["status", "x", "y"], ["status", "x", "signals"], ["status", "x", "events", ""], ["livez", ""],
            ["files", "x"], ["files", "x", "y", "z"], ["node", "other", "x"], ["operations", "a", "b"], ["Livez"],
        ])
    func none(segments: [String]) { #expect(Route(segments: segments) == nil) }

    @Test(
        "every label is counted",
        arguments: [Route.home, .live, .jobs, .status(id: ""), .facts(id: ""), .registry([]), .later("x"), .file(id: "", name: "")])
    func label(route: Route) { #expect(Route.labels.contains(route.label)) }

    @Test(
        "methods",
        arguments: [
            (Route.home, "GET", true), (.home, "HEAD", true), (.home, "POST", false), (.home, "OPTIONS", true),
            (.requests(operation: ""), "POST", true),
            (.requests(operation: ""), "GET", false), (.later("/status/{id}/cancel"), "POST", true),
            (.later("/status/{id}/cancel"), "GET", false),
            (.later("/status/{id}/result"), "GET", true), (.later("/status/{id}/signals/{name}"), "POST", true),
            (.registry([]), "PUT", true),
        ])
    func methods(route: Route, method: String, accepted: Bool) { #expect(route.accepts(method) == accepted) }
}
