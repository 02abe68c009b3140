import CMicroHTTPD

/// A connection that is suspended, or about to be.
///
/// Sendable: the pointer is good as long as the connection is suspended, because libmicrohttpd then neither closes nor frees it. It is made in
/// a callback of libmicrohttpd and resumed exactly once, both under the lock of the reply or stream that holds it; a second or late resume
/// would be a use after free (seen: it woke another client's request).
struct ParkedConnection: Sendable {
    nonisolated(unsafe) let raw: OpaquePointer
    /// Wakes the server's thread: the library does that only for threads of its own.
    let alarm: Alarm

    /// Called under the owner's lock: suspend and the note that it is suspended must be one step for the thread that resumes.
    func suspend() { MHD_suspend_connection(raw) }

    /// Called under the owner's lock, once; from any thread.
    func resume() {
        MHD_resume_connection(raw)
        alarm.ring()
    }
}
