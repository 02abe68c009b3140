/// A handler made of closures.
struct ClosureHandler: Handler {
    let body: @Sendable (Work, Context) async throws -> Answer

    init(body: @escaping @Sendable (Work, Context) async throws -> Answer) { self.body = body }

    func run(_ work: Work, _ context: Context) async throws -> Answer { try await body(work, context) }
}
