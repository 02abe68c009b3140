extension Worker {
    /// Gives an operation a handler in Swift types whose coding fits the operation's schemas.
    ///
    ///     try worker.handle("reports.generate") { (request: Request, context) in
    ///         context.progress(0.5)
    ///         return Report(…)
    ///     }
    public func handle<Request: Decodable & Sendable, Response: Encodable & Sendable>(
        _ name: String, concurrency: Int? = nil, _ body: @escaping @Sendable (Request, Context) async throws -> Response
    ) throws(WorkerError) {
        try handle(
            name, concurrency: concurrency,
            by: ClosureHandler(body: { work, context in .value(try await body(try work.decode(Request.self), context)) }))
    }

    /// Gives an operation a handler that takes and answers JSON, in the form of the HTTP interface.
    public func handle(
        json name: String, concurrency: Int? = nil, _ body: @escaping @Sendable ([UInt8], Context) async throws -> [UInt8]
    ) throws(WorkerError) {
        try handle(
            name, concurrency: concurrency, by: ClosureHandler(body: { work, context in .json(try await body(try work.json(), context)) }))
    }

    /// Gives an operation a handler that sees everything and chooses the form of its answer.
    public func handle(
        work name: String, concurrency: Int? = nil, _ body: @escaping @Sendable (Work, Context) async throws -> Answer
    ) throws(WorkerError) {
        try handle(name, concurrency: concurrency, by: ClosureHandler(body: body))
    }
}
