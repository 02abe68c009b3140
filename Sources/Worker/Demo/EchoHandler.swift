public import Avro
public import Core

/// `demo.echo`: answers with the text it was sent; takes as long as it is told to, with progress, and fails as often as it is told to.
///
/// Without `seconds` it answers at once, for load, and through the types generated from `schemas/demo.avpr`, without a copy.
public struct EchoHandler: Handler {
    public init() {}

    public func answer(
        _ id: RequestID, attempt: Int, payload: RawSpan, into response: inout AvroWriter
    ) throws(HandlerFailure) -> Bool {
        let request = try DemoWire.EchoRequest.request(payload)
        try Self.failIfAsked(attempt, request.failures)
        guard request.seconds <= 0 else { return false }
        DemoWire.Echo(text: request.text).encode(to: &response, source: payload)
        return true
    }

    public func run(_ work: Work, _ context: Context) async throws -> Answer {
        let request = try DemoWire.EchoRequest.request(work.payload.span.bytes)
        let total = Duration.seconds(min(max(request.seconds, 0), 86_400 * 7))
        let start = ContinuousClock.now
        while true {
            let spent = min(ContinuousClock.now - start, total)
            let fraction = total > .zero ? spent / total : 1
            context.progress(
                fraction, message: "echoing", completed: spent.components.seconds, total: total.components.seconds, unit: "seconds")
            guard spent < total else { break }
            try await Task.sleep(for: min(total - spent, .milliseconds(100)))
        }
        var response = AvroWriter(capacity: Int(request.text.count) + 10)
        DemoWire.Echo(text: request.text).encode(to: &response, source: work.payload.span.bytes)
        return .avro(response.bytes)
    }

    private static func failIfAsked(_ attempt: Int, _ failures: Int32) throws(HandlerFailure) {
        guard attempt <= failures else { return }
        throw HandlerFailure(
            code: "asked-to-fail", message: "attempt \(attempt) of the \(failures) that were asked to fail", retryable: true)
    }
}
