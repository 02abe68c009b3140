internal import CRdKafka

/// The properties of one handle.
struct ClientSettings {
    struct Property {
        let key: String
        let value: String
        /// Left out where the loaded library does not know it.
        var isOptional = false
    }

    /// Properties that this module sets itself, and the setting to use instead.
    static let owned: [String: String] = [
        "bootstrap.servers": "KafkaConfiguration.bootstrapServers", "metadata.broker.list": "KafkaConfiguration.bootstrapServers",
        "client.id": "KafkaConfiguration.clientID",
        "enable.idempotence": "always on: without it a paused broker gave 20 duplicates and 2 reorders in 44,000 records",
        "acks": "always all", "request.required.acks": "always all",
        "transactional.id": "ProducerConfiguration.transactionalID", "transaction.timeout.ms": "ProducerConfiguration.transactionTimeout",
        "partitioner": "always murmur2, as Java's clients use it",
        "linger.ms": "ProducerConfiguration.linger", "queue.buffering.max.ms": "ProducerConfiguration.linger",
        "queue.buffering.max.messages": "ProducerConfiguration.queuedRecordsMax",
        "queue.buffering.max.kbytes": "ProducerConfiguration.queuedBytesMax",
        "message.timeout.ms": "ProducerConfiguration.deliveryTimeout", "delivery.timeout.ms": "ProducerConfiguration.deliveryTimeout",
        "message.max.bytes": "ProducerConfiguration.recordBytesMax",
        "compression.type": "ProducerConfiguration.compression", "compression.codec": "ProducerConfiguration.compression",
        "delivery.report.only.error": "every record is reported",
        "group.id": "ConsumerConfiguration.group", "group.instance.id": "ConsumerConfiguration.instance",
        "session.timeout.ms": "ConsumerConfiguration.sessionTimeout", "heartbeat.interval.ms": "ConsumerConfiguration.heartbeatInterval",
        "max.poll.interval.ms": "ConsumerConfiguration.pollIntervalMax",
        "partition.assignment.strategy": "always range: cooperative-sticky has six unfixed defects",
        "enable.auto.commit": "commit what is done with Consumer.commit", "auto.commit.interval.ms": "commit with Consumer.commit",
        "enable.auto.offset.store": "commit what is done with Consumer.commit",
        "auto.offset.reset": "ConsumerConfiguration.start; a reset in mid-log is never silent",
        "enable.partition.eof": "ConsumerConfiguration.reportsEnds",
        "queued.min.messages": "ConsumerConfiguration.prefetchRecords",
        "queued.max.messages.kbytes": "ConsumerConfiguration.prefetchBytes",
        "fetch.message.max.bytes": "ConsumerConfiguration.fetchBytesMax",
        "max.partition.fetch.bytes": "ConsumerConfiguration.fetchBytesMax",
        "fetch.wait.max.ms": "ConsumerConfiguration.fetchWait", "isolation.level": "ConsumerConfiguration.readsUncommitted",
        "statistics.interval.ms": "KafkaConfiguration.statisticsInterval", "log.queue": "KafkaConfiguration.logger",
        "opaque": "callbacks belong to this module", "enable.sasl.oauthbearer.unsecure.jwt": "KafkaSecurity.SASL.oauth",
    ]

    private var own: [Property] = []
    private var extra: [Property] = []
    /// In the order in which they are to be set: what `KafkaConfiguration.extra` says comes last and counts.
    var all: [Property] { own + extra }

    mutating func set(_ key: String, _ value: String) { own.append(Property(key: key, value: value)) }
    mutating func set(_ key: String, _ value: Duration) { set(key, String(value.milliseconds)) }
    mutating func set(_ key: String, _ value: Bool) { set(key, value ? "true" : "false") }
    mutating func set(_ key: String, whereKnown value: String) { own.append(Property(key: key, value: value, isOptional: true)) }

    init(_ configuration: KafkaConfiguration) throws(KafkaError) {
        guard !configuration.bootstrapServers.isEmpty else {
            throw KafkaError(.configuration, .reject, in: "configuration", "no bootstrap servers are given")
        }
        set("bootstrap.servers", configuration.bootstrapServers)
        set("client.id", configuration.clientID)
        set("socket.timeout.ms", configuration.requestTimeout)
        set("socket.nagle.disable", true)
        set("socket.keepalive.enable", true)
        set("reconnect.backoff.ms", "100")
        set("reconnect.backoff.max.ms", configuration.reconnectPauseMax)
        set("log.connection.close", false)
        set("topic.metadata.refresh.fast.interval.ms", "100")
        if let interval = configuration.statisticsInterval { set("statistics.interval.ms", interval) }
        try secure(configuration.security)
        for (key, value) in configuration.extra.sorted(by: { $0.key < $1.key }) {
            if let instead = Self.owned[key] {
                throw KafkaError(.configuration, .reject, in: "configuration", "\(key) cannot be set here: \(instead)")
            }
            if key == "sasl.mechanism" || key == "sasl.mechanisms" { try Self.refuseBrokenSCRAM(value) }
            extra.append(Property(key: key, value: value))
        }
    }

    private mutating func secure(_ security: KafkaSecurity) throws(KafkaError) {
        switch (security.tls, security.sasl) {
        case (nil, nil): return
        case (_?, nil): set("security.protocol", "ssl")
        case (nil, _?): set("security.protocol", "sasl_plaintext")
        case (_?, _?): set("security.protocol", "sasl_ssl")
        }
        if let tls = security.tls {
            if let file = tls.authorityFile { set("ssl.ca.location", file) }
            if let file = tls.certificateFile { set("ssl.certificate.location", file) }
            if let file = tls.keyFile { set("ssl.key.location", file) }
            if let password = tls.keyPassword { set("ssl.key.password", password) }
            set("ssl.endpoint.identification.algorithm", tls.verifiesHostName ? "https" : "none")
        }
        switch security.sasl {
        case nil: break
        case .plain(let user, let password): try login("PLAIN", user, password)
        case .scramSHA256(let user, let password): try login("SCRAM-SHA-256", user, password)
        case .scramSHA512(let user, let password): try login("SCRAM-SHA-512", user, password)
        case .oauth: set("sasl.mechanism", "OAUTHBEARER")
        }
    }

    private mutating func login(_ mechanism: String, _ user: String, _ password: String) throws(KafkaError) {
        try Self.refuseBrokenSCRAM(mechanism)
        set("sasl.mechanism", mechanism)
        set("sasl.username", user)
        set("sasl.password", password)
    }

    /// librdkafka before 2.6.1 sends a nonce that Kafka 4 refuses (its change #4895): say so at start, not at the first login.
    static func refuseBrokenSCRAM(_ mechanism: String, version: Int32 = rd_kafka_version()) throws(KafkaError) {
        guard mechanism.uppercased().hasPrefix("SCRAM"), version < 0x0206_01ff else { return }
        throw KafkaError(
            .unsupported, .reject, in: "configuration",
            "\(mechanism) needs librdkafka 2.6.1 or newer: \(String(cString: rd_kafka_version_str())) sends a nonce that Kafka 4 refuses. "
                + "Use PLAIN over TLS, or a newer library.")
    }
}
