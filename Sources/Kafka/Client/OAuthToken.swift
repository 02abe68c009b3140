/// A bearer token for SASL OAUTHBEARER.
public struct OAuthToken: Sendable {
    /// The token itself, a JWS compact serialization or whatever the broker expects.
    public var value: String
    /// Milliseconds since 1970 at which it expires.
    public var expiresAt: Int64
    /// The name of the principal that it stands for.
    public var principal: String
    /// SASL extensions (RFC 7628), name and value.
    public var extensions: [(name: String, value: String)]

    /// A token as the provider gave it.
    public init(value: String, expiresAt: Int64, principal: String, extensions: [(name: String, value: String)] = []) {
        self.value = value
        self.expiresAt = expiresAt
        self.principal = principal
        self.extensions = extensions
    }
}
