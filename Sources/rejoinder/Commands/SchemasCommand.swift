import Avro
import Client
import CommandLine
import Events

/// `rejoinder schemas list|register|check|swift`
enum SchemasCommand {
    static let command = Command(
        "schemas", summary: "Lists, registers and checks the schemas of a prefix; writes Swift for them.",
        commands: [
            Command(
                "list", summary: "Lists what is registered: subjects, versions, ids.",
                run: { arguments in await Runner.run(arguments) { try await list($0) } }),
            Command(
                "register", summary: "Registers what the operations' topics need and lack.",
                details: "'rejoinder schemas check' says beforehand whether the new ones read what was written.",
                run: { arguments in await Runner.run(arguments) { try await register($0) } }),
            Command(
                "check", summary: "Says whether changed files still read what was written.",
                details:
                    "Compares the schema of each topic with every version that is registered for it, field by field. Exits with 1 when one cannot be read.",
                rest: .init(
                    "FILE", "Protocols (.avpr) to check in place of those in --schemas; libavro says, too, whether it takes them.",
                    isOptional: true),
                run: { arguments in await Runner.run(arguments) { try await check($0) } }),
            Command(
                "swift", summary: "Writes Swift types with coders for protocols and schemas.",
                options: [
                    Option("output-folder", value: .one("FOLDER"), help: "Write one file a type there; the default is standard output."),
                    Option("container", value: .one("NAME"), help: "The enum to nest the types in; it is not declared by the code."),
                    Option("internal", help: "Make the types internal, not public."),
                ],
                rest: .init("FILE", "Avro protocols (.avpr) and schemas (.avsc)."),
                run: { arguments in await Runner.run(arguments) { try swift($0) } }),
        ])

    // MARK: With Kafka

    /// Runs a body with what is registered, and closes.
    private static func withDirectory<Result>(
        _ settings: Settings, _ catalogue: Catalogue, _ body: (SchemaDirectory) async throws -> Result
    ) async throws -> Result {
        let kafka = try Kafkas.configuration(settings, brokers: try settings.brokers())
        let directory = try SchemaDirectory(
            kafka, catalogue: catalogue, names: TopicNames(prefix: settings.prefix), logger: settings.logger)
        do {
            try await directory.ready()
            let result = try await body(directory)
            await directory.close()
            return result
        } catch {
            await directory.close()
            throw error
        }
    }

    /// What is registered: at the external registry, when there is one, else on the topic of schemas.
    private static func registered(_ settings: Settings, _ subjects: [String]? = nil) async throws -> SchemaRegistry {
        guard let external = try Registries.external(settings) else {
            return try await withDirectory(settings, Catalogue()) { $0.book.registry }
        }
        defer { external.close() }
        return try await external.snapshot(of: subjects)
    }

    private static func list(_ settings: Settings) async throws -> Int32 {
        let listing = SchemaListing(try await registered(settings))
        if Clients.isJSON(settings) {
            Clients.print(listing.json)
        } else {
            let rows = listing.entries.map { [$0.subject, "\($0.version)", "\($0.id)", $0.name] }
            Terminal.output.write(Columns.text([["SUBJECT", "VERSION", "ID", "SCHEMA"]] + rows))
        }
        return 0
    }

    private static func register(_ settings: Settings) async throws -> Int32 {
        let catalogue = try Catalogues.load(settings.schemasFolder)
        let names = TopicNames(prefix: settings.prefix)
        let (new, wanted) =
            if let external = try Registries.external(settings) {
                try await register(at: external, catalogue, names)
            } else {
                try await registerOnTopic(settings, catalogue, names)
            }
        if Clients.isJSON(settings) {
            Clients.print(SchemaListing(new).registered(of: wanted))
        } else {
            for entry in new { Terminal.output.write("registered  \(entry.subject)  version \(entry.version), id \(entry.id)\n") }
            Terminal.output.write("\(wanted - new.count) of \(wanted) were there\n")
        }
        return 0
    }

    private static func registerOnTopic(_ settings: Settings, _ catalogue: Catalogue, _ names: TopicNames) async throws -> (
        new: [SchemaListing.Entry], wanted: Int
    ) {
        let wanted = catalogue.registrations(names)
        let new = try await withDirectory(settings, catalogue) { directory in
            let subjects = Set(try await directory.register(catalogue))
            return SchemaListing(directory.book.registry).entries.filter { entry in
                subjects.contains(entry.subject) && wanted.contains { $0.subject == entry.subject && $0.schema.id == entry.id }
            }
        }
        return (new, wanted.count)
    }

    private static func register(at external: ExternalRegistry, _ catalogue: Catalogue, _ names: TopicNames) async throws -> (
        new: [SchemaListing.Entry], wanted: Int
    ) {
        defer { external.close() }
        let subjects = ExternalRegistry.registrations(catalogue, names: names).map(\.subject)
        let before = SchemaListing(try await external.snapshot(of: subjects)).entries
        _ = try await external.numbered(catalogue, names: names)
        return (SchemaListing(try await external.snapshot(of: subjects)).entries.filter { !before.contains($0) }, subjects.count)
    }

    // MARK: check

    private static func check(_ settings: Settings) async throws -> Int32 {
        let files = settings.arguments.operands
        let catalogue: Catalogue
        var opinions: [SchemaOpinion] = []
        if files.isEmpty {
            catalogue = try Catalogues.load(settings.schemasFolder)
        } else {
            var read: [(name: String, text: String)] = []
            for file in files { read.append((file, try Catalogues.text(file))) }
            catalogue = try Catalogue(files: read)
            opinions = SchemaOpinion.all(of: catalogue)
        }
        let names = TopicNames(prefix: settings.prefix)
        let isExternal = settings.arguments["registry"] != nil
        let wanted = isExternal ? ExternalRegistry.registrations(catalogue, names: names) : catalogue.registrations(names)
        let check = SchemaCheck(wanted, registry: try await registered(settings, wanted.map(\.subject)))
        if Clients.isJSON(settings) {
            Clients.print(check.json(with: opinions))
        } else {
            Terminal.output.write(text(check) + text(opinions))
        }
        return check.isReadable ? 0 : 1
    }

    private static func text(_ check: SchemaCheck) -> String {
        var lines: [String] = []
        for finding in check.findings {
            let count = finding.versions.count
            switch finding.state {
            case .new: lines.append("new         \(finding.subject): nothing is registered")
            case .unchanged: lines.append("unchanged   \(finding.subject)" + (count > 1 ? ": reads all \(count) versions" : ""))
            case .readable:
                lines.append("changed     \(finding.subject): reads " + (count > 1 ? "all \(count) versions" : "the version before"))
            case .unreadable:
                for version in finding.versions where !version.reasons.isEmpty {
                    lines.append("UNREADABLE  \(finding.subject): what version \(version.version) (id \(version.id)) wrote")
                    lines += version.reasons.map { "            \($0)" }
                }
            }
        }
        if !check.isReadable { lines.append("Give new fields a default, keep names or add aliases; or use another operation's name.") }
        return lines.map { $0 + "\n" }.joined()
    }

    private static func text(_ opinions: [SchemaOpinion]) -> String {
        guard !opinions.isEmpty else { return "" }
        let refused = opinions.filter { $0.fault != nil }
        guard !refused.isEmpty else { return "libavro     takes all \(opinions.count) schemas\n" }
        return refused.map { "libavro     does not take \($0.schema): \($0.fault ?? "")\n" }.joined()
    }

    // MARK: swift

    private static func swift(_ settings: Settings) throws -> Int32 {
        let arguments = settings.arguments
        guard !arguments.operands.isEmpty else { throw UsageError("'schemas swift' needs a FILE", path: arguments.path) }
        let options = SwiftGenerator.Options(isPublic: !arguments.flag("internal"), container: arguments["container"])
        var schemas: [Schema] = []
        for file in arguments.operands {
            do {
                schemas += try SchemaSource(parsing: try Catalogues.text(file)).schemas
            } catch let error as AvroError {
                throw Folders.Failure(description: "\(file): \(error)")
            }
        }
        let files = try SwiftGenerator.files(for: schemas, options: options)
        let folder = arguments["output-folder"]
        if let folder {
            try Folders.make(folder)
            for file in files { try Folders.write(Array(file.text.utf8), to: "\(folder)/\(file.name)") }
        }
        if Clients.isJSON(settings) {
            let documents = files.map { file -> JSONValue in
                folder.map { .object([.init("name", .string(file.name)), .init("path", .string("\($0)/\(file.name)"))]) }
                    ?? .object([.init("name", .string(file.name)), .init("text", .string(file.text))])
            }
            Clients.print(.object([.init("files", .array(documents))]))
        } else if let folder {
            for file in files { Terminal.output.write("written  \(folder)/\(file.name)\n") }
        } else {
            Terminal.output.write(SwiftGenerator.text(of: files))
        }
        return 0
    }
}
