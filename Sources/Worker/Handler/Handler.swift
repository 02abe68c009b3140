public import Avro

public import Core

/// Does the work of one operation.
///
/// Most are closures given to `Worker.handle`. Throw a `DeclaredError` or a `HandlerFailure` to say how the attempt fails; any other error
/// is a failure that is tried again. When the task is cancelled (the client cancelled, the attempt was superseded, the worker stops), end soon.
public protocol Handler: Sendable {
    /// Does the work, beside others.
    func run(_ work: Work, _ context: Context) async throws -> Answer

    /// Answers at once, if that costs less than starting a task: called on the thread that reads from Kafka, which does nothing else
    /// meanwhile, so it must not wait for anything. `payload` is Avro of the operation's request record; write Avro of the response and
    /// give true. False: `run` is called (what was written is dropped). By default it never answers.
    func answer(_ id: RequestID, attempt: Int, payload: RawSpan, into response: inout AvroWriter) throws(HandlerFailure) -> Bool
}

extension Handler {
    public func answer(_ id: RequestID, attempt: Int, payload: RawSpan, into response: inout AvroWriter) throws(HandlerFailure) -> Bool {
        false
    }
}
