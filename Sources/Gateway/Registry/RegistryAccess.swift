public import Avro
public import Events

/// What `/registry` stands on: the schemas that were read from `rejoinder.schemas`, and a way to append one.
public struct RegistryAccess: Sendable {
    /// What is registered now.
    public var registry: @Sendable () -> SchemaRegistry
    /// Appends a schema and returns when it has been read back. Throws when it is not registered, or nobody knows whether it is.
    public var register: @Sendable (SchemaRegistration) async throws -> Void

    public init(
        registry: @escaping @Sendable () -> SchemaRegistry, register: @escaping @Sendable (SchemaRegistration) async throws -> Void
    ) {
        self.registry = registry
        self.register = register
    }
}
