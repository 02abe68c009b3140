/// What a handler returns: it cannot return nothing, which would let the server's thread turn in circles.
public enum Outcome: Sendable {
    /// The answer, now.
    case reply(Response)
    /// The connection is held until the reply is completed, from any thread.
    case later(PendingReply)
    /// The connection stays open and carries what is sent into the stream.
    case events(EventStream)
}
