/// How a client proves who it is, and how the connection is protected.
public struct KafkaSecurity: Sendable {
    /// Certificates of a TLS connection. Files are PEM.
    public struct TLS: Sendable {
        /// Certificate authorities to trust; nil: the system's.
        public var authorityFile: String?
        /// This client's certificate, where the broker asks for one.
        public var certificateFile: String?
        /// The key of `certificateFile`.
        public var keyFile: String?
        /// The key's password.
        public var keyPassword: String?
        /// Whether the broker's certificate must carry its host's name. Leave it on.
        public var verifiesHostName: Bool

        /// TLS with the system's authorities unless told otherwise.
        public init(
            authorityFile: String? = nil, certificateFile: String? = nil, keyFile: String? = nil, keyPassword: String? = nil,
            verifiesHostName: Bool = true
        ) {
            self.authorityFile = authorityFile
            self.certificateFile = certificateFile
            self.keyFile = keyFile
            self.keyPassword = keyPassword
            self.verifiesHostName = verifiesHostName
        }
    }

    /// How the client logs in.
    public enum SASL: Sendable {
        /// User and password as they are: only over TLS.
        case plain(user: String, password: String)
        /// SCRAM-SHA-256: refused when the library is older than 2.6.1, whose nonce Kafka 4 refuses (docs/kafka.md).
        case scramSHA256(user: String, password: String)
        /// SCRAM-SHA-512: as above.
        case scramSHA512(user: String, password: String)
        /// OAUTHBEARER: the closure is asked for a token at start and at four fifths of each token's life, on a thread of its own.
        case oauth(@Sendable () throws -> OAuthToken)
    }

    /// nil: not encrypted.
    public var tls: TLS?
    /// nil: no login.
    public var sasl: SASL?

    /// A protection; none by default.
    public init(tls: TLS? = nil, sasl: SASL? = nil) {
        self.tls = tls
        self.sasl = sasl
    }

    /// Neither encryption nor login: for a loopback and for tests.
    public static let none = KafkaSecurity()
}
