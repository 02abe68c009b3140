import HTTPServer

/// Reads from the correlator's store what the job already tells of: its commit follows the fold by a few hundredths of a second, and who has
/// seen `parts: 2` or COMPLETED must not be shown less.
enum CommittedRead {
    /// How long and how often the store is asked again.
    private static let pause: Duration = .milliseconds(20)
    private static let triesMax = 100

    /// - Parameters:
    ///   - whole: the answer when the store has it all; nil before.
    ///   - otherwise: the answer with what there is, when that does not come in time.
    ///   - count: told of an answer that comes later.
    static func answer(
        whole: @escaping @Sendable () -> Response?, otherwise: @escaping @Sendable () -> Response,
        count: @escaping @Sendable (Response) -> Void
    ) -> Outcome {
        if let response = whole() { return .reply(response) }
        let reply = PendingReply()
        Task {
            var response: Response?
            for _ in 0..<triesMax where response == nil && reply.isOpen {
                try? await Task.sleep(for: pause)
                response = whole()
            }
            let answer = response ?? otherwise()
            if reply.complete(answer) { count(answer) }
        }
        return .later(reply)
    }
}
