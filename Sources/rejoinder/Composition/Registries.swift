import Client
import CommandLine
import Events
import Kafka
import Telemetry

/// The operations of a run, and the external registry that gave their schemas ids, when one is configured.
struct Registries {
    let catalogue: Catalogue
    let names: TopicNames
    let external: ExternalRegistry?

    /// Reads the operations; with `--registry`, registers their schemas there and takes its ids.
    ///
    /// - Parameter kafka: where ids are remembered, for a run that goes on while the registry does not answer; nil for one that must not.
    static func load(_ settings: Settings, remembering kafka: KafkaConfiguration? = nil) async throws -> Registries {
        let names = TopicNames(prefix: settings.prefix)
        let catalogue = try Catalogues.load(settings.schemasFolder)
        guard let external = try external(settings) else { return Registries(catalogue: catalogue, names: names, external: nil) }
        do {
            let numbered: Catalogue
            do throws(SetupError) {
                numbered = try await external.numbered(catalogue, names: names)
            } catch {
                guard error.isTemporary, let kafka, let known = await remembered(catalogue, names, kafka) else { throw error }
                settings.logger.warning("going on with the ids that the registry gave before: \(error)")
                numbered = known
            }
            return Registries(catalogue: numbered, names: names, external: external)
        } catch {
            external.close()
            throw error
        }
    }

    /// How long what the topic remembers is waited for.
    private static let rememberedMax = Duration.seconds(5)

    /// Nil where nothing is remembered, or it cannot be read: the registry's own failure is then what is told.
    private static func remembered(_ catalogue: Catalogue, _ names: TopicNames, _ kafka: KafkaConfiguration) async -> Catalogue? {
        var quiet = kafka
        quiet.logger = Logger.none
        guard let directory = try? SchemaDirectory(quiet, catalogue: Catalogue(), names: names, logger: .none) else { return nil }
        var known: Catalogue?
        if (try? await directory.ready(within: rememberedMax)) != nil {
            known = ExternalRegistry.remembered(catalogue, names: names, in: directory.book.registry)
        }
        await directory.close()
        return known
    }

    /// The registry of `--registry`; nil without the option.
    static func external(_ settings: Settings) throws -> ExternalRegistry? {
        guard let url = settings.arguments["registry"], !url.isEmpty else { return nil }
        return try ExternalRegistry(url: url)
    }
}
