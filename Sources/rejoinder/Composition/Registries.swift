import Client
import CommandLine
import Events

/// The operations of a run, and the external registry that gave their schemas ids, when one is configured.
struct Registries {
    let catalogue: Catalogue
    let names: TopicNames
    let external: ExternalRegistry?

    /// Reads the operations; with `--registry`, registers their schemas there and takes its ids.
    static func load(_ settings: Settings) async throws -> Registries {
        let names = TopicNames(prefix: settings.prefix)
        let catalogue = try Catalogues.load(settings.schemasFolder)
        guard let external = try external(settings) else { return Registries(catalogue: catalogue, names: names, external: nil) }
        do {
            return Registries(catalogue: try await external.numbered(catalogue, names: names), names: names, external: external)
        } catch {
            external.close()
            throw error
        }
    }

    /// The registry of `--registry`; nil without the option.
    static func external(_ settings: Settings) throws -> ExternalRegistry? {
        guard let url = settings.arguments["registry"], !url.isEmpty else { return nil }
        return try ExternalRegistry(url: url)
    }
}
