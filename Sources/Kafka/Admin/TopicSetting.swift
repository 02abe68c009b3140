/// One setting of a topic, as the broker sees it.
public struct TopicSetting: Sendable, Hashable {
    /// Its name, for example `retention.ms`.
    public let name: String
    /// Its value; nil where the broker hides it.
    public let value: String?
    /// Whether nobody has set it.
    public let isDefault: Bool
    /// Whether it cannot be set.
    public let isReadOnly: Bool
}
