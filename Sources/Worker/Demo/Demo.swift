import Avro
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
        for (name, _) in described {
            guard let operation = worker.catalogue[name], try fits(operation) else {
                throw WorkerError(
                    .configuration, operation: "demo",
                    detail:
                        "the schema of \(name) is not the one that this program was built with; take back the change, or write a worker for it"
                )
            }
        }
        for (name, handler) in described { try worker.handle(name, concurrency: concurrency, by: handler) }
    }

    /// Whether an operation's types are those that were generated from `schemas/`.
    static func fits(_ operation: Operation) throws(WorkerError) -> Bool {
        func fits(_ request: String, _ response: String, part: String?) throws(WorkerError) -> Bool {
            do throws(AvroError) {
                let built = (try Schema(parsing: request), try Schema(parsing: response), try Schema(parsing: part ?? "\"null\""))
                return operation.request == built.0 && operation.response == built.1 && (operation.part ?? Schema(.null)) == built.2
            } catch {
                throw WorkerError(.configuration, operation: "demo", detail: error.description)
            }
        }
        switch operation.name {
        case "demo.echo": return try fits(DemoWire.EchoRequest.schemaText, DemoWire.Echo.schemaText, part: nil)
        case "reports.generate":
            return try fits(ReportsWire.GenerateRequest.schemaText, ReportsWire.Report.schemaText, part: ReportsWire.Group.schemaText)
        case "texts.index":
            return try fits(TextsWire.IndexRequest.schemaText, TextsWire.Index.schemaText, part: TextsWire.IndexedFile.schemaText)
        default: return false
        }
    }
}
