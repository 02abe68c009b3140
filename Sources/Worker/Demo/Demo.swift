import Events

/// The demo operations, for `rejoinder dev` and `rejoinder worker --demo`.
public enum Demo {
    /// Their names.
    public static let operations = ["demo.echo", "reports.generate", "texts.index"]

    /// Gives the worker the handlers of those demo operations that its catalogue describes.
    /// `folders`: what they may read (`--files`); results are left in the first one.
    public static func register(on worker: Worker, folders: AllowedFolders, concurrency: Int? = nil) throws(WorkerError) {
        let handlers: [(String, any Handler)] = [
            ("demo.echo", EchoHandler()), ("reports.generate", ReportHandler(folders)), ("texts.index", IndexHandler(folders)),
        ]
        let described = handlers.filter { worker.catalogue[$0.0] != nil }
        guard !described.isEmpty else {
            throw WorkerError(
                .configuration, operation: "demo", detail: "the schemas describe none of \(operations.joined(separator: ", "))")
        }
        for (name, handler) in described { try worker.handle(name, concurrency: concurrency, by: handler) }
    }
}
