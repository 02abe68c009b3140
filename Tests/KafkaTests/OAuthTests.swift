import Glibc
import Kafka
import KafkaTesting
import Synchronization
import Telemetry
import Testing

/// SASL OAUTHBEARER up to the login: the mock cluster has no SASL, so what is seen is that tokens are asked for, renewed, and refused loudly.
@Suite(.timeLimit(.minutes(4)))
struct OAuthTests {
    struct NoToken: Error {}

    /// Counts calls and lets a test wait for the next one.
    final class Provider: Sendable {
        private let calls = Atomic<Int>(0)
        private let answer: @Sendable (Int) throws -> OAuthToken
        private let feed: AsyncStream<Int>.Continuation
        let asked: AsyncStream<Int>

        init(_ answer: @escaping @Sendable (Int) throws -> OAuthToken) {
            self.answer = answer
            (asked, feed) = AsyncStream.makeStream()
        }

        func token() throws -> OAuthToken {
            let number = calls.add(1, ordering: .relaxed).newValue
            defer { feed.yield(number) }
            return try answer(number)
        }
    }

    final class Lines: LogSink {
        private let feed: AsyncStream<String>.Continuation
        let written: AsyncStream<String>
        init() { (written, feed) = AsyncStream.makeStream() }
        func write(_ record: LogRecord) { feed.yield(record.message) }
        /// The first line that has `text` in it.
        func first(with text: String) async -> String? {
            for await line in written where line.contains(text) { return line }
            return nil
        }
    }

    private static func token(livesFor duration: Duration) -> OAuthToken {
        OAuthToken(
            value: "token", expiresAt: (Int64(time(nil)) + duration.components.seconds) * 1000, principal: "alice",
            extensions: [("traceability", "yes")])
    }

    private static func configuration(_ bootstrap: String, _ provider: Provider, _ sink: Lines) -> KafkaConfiguration {
        var kafka = KafkaConfiguration(bootstrapServers: bootstrap)
        kafka.security.sasl = .oauth { try provider.token() }
        kafka.logger = Logger(label: "kafka", level: .warning, sink: sink)
        return kafka
    }

    enum Client: CaseIterable { case producer, consumer, admin }

    private static func with(_ client: Client, _ kafka: KafkaConfiguration, _ body: () async throws -> Void) async throws {
        switch client {
        case .producer:
            let producer = try Producer(ProducerConfiguration(kafka))
            try await body()
            await producer.close(within: .seconds(5))
        case .consumer:
            let consumer = try Consumer(ConsumerConfiguration(kafka))
            try await body()
            await consumer.close(within: .seconds(5))
        case .admin:
            let admin = try Admin(kafka)
            try await body()
            await admin.close()
        }
    }

    /// Without a poll, at start and again at four fifths of the token's life.
    @Test(arguments: Client.allCases)
    func aTokenIsAskedForAtStartAndRenewedBeforeItEnds(client: Client) async throws {
        try await MockCluster.with { cluster in
            let provider = Provider { _ in Self.token(livesFor: .seconds(3)) }
            try await Self.with(client, Self.configuration(cluster.bootstrapServers, provider, Lines())) {
                var asked = provider.asked.makeAsyncIterator()
                #expect(await asked.next() == 1)
                #expect(await asked.next() == 2)
            }
        }
    }

    @Test(arguments: Client.allCases)
    func aProviderThatFailsIsNamedWithItsReason(client: Client) async throws {
        let sink = Lines()
        let provider = Provider { _ in throw NoToken() }
        try await Self.with(client, Self.configuration("127.0.0.1:1", provider, sink)) {
            let line = await sink.first(with: "OAuth token")
            #expect(line?.contains("the provider failed: NoToken()") == true, "\(line ?? "")")
        }
    }

    /// What the library itself does not take: a token that is over already.
    @Test func aTokenThatIsOverIsRefusedWithTheLibrarysReason() async throws {
        let sink = Lines()
        let provider = Provider { _ in Self.token(livesFor: .seconds(-60)) }
        try await Self.with(.consumer, Self.configuration("127.0.0.1:1", provider, sink)) {
            let line = await sink.first(with: "OAuth token")
            #expect(line?.contains("unexpired token") == true, "\(line ?? "")")
        }
    }
}
