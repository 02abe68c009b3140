internal import CRdKafka
internal import Glibc
internal import Telemetry

/// What callbacks of one handle reach: its opaque. Never refers to the handle, so that nothing keeps itself alive.
final class ClientContext: Sendable {
    let configuration: KafkaConfiguration
    let logger: Logger?
    let onError: @Sendable (KafkaError) -> Void
    let membership: Membership?

    init(_ configuration: KafkaConfiguration, membership: Membership? = nil, onError: @escaping @Sendable (KafkaError) -> Void) {
        self.configuration = configuration
        logger = configuration.logger
        self.onError = onError
        self.membership = membership
    }

    static func of(_ opaque: UnsafeMutableRawPointer?) -> ClientContext? {
        opaque.map { Unmanaged<ClientContext>.fromOpaque($0).takeUnretainedValue() }
    }

    /// Sets the callbacks. A producer's errors and statistics come as events instead (its queue is polled for them).
    static func install(in conf: OpaquePointer, kind: rd_kafka_type_t, context: ClientContext, events: Int32) {
        rd_kafka_conf_set_log_cb(conf) { handle, level, facility, text in
            guard let handle, let context = ClientContext.of(rd_kafka_opaque(handle)) else { return }
            context.log(level: level, facility: facility, text: text)
        }
        if case .oauth = context.configuration.security.sasl {
            rd_kafka_conf_enable_sasl_queue(conf, 1)
            rd_kafka_conf_set_oauthbearer_token_refresh_cb(conf) { handle, _, opaque in
                guard let handle, let context = ClientContext.of(opaque) else { return }
                context.refreshToken(handle)
            }
        }
        guard events == 0 else { return }
        rd_kafka_conf_set_error_cb(conf) { _, code, reason, opaque in
            guard let context = ClientContext.of(opaque) else { return }
            context.failed(KafkaError(rd_kafka_resp_err_t(rawValue: code), in: "client", detail: reason.map { String(cString: $0) }))
        }
        rd_kafka_conf_set_stats_cb(conf) { _, json, count, opaque in
            if let context = ClientContext.of(opaque), let json { context.observe(UnsafeRawBufferPointer(start: json, count: count)) }
            return 0  // the library frees its text
        }
        if kind == RD_KAFKA_CONSUMER, context.membership != nil {
            rd_kafka_conf_set_rebalance_cb(conf) { handle, code, partitions, opaque in
                guard let handle, let membership = ClientContext.of(opaque)?.membership else { return }
                membership.rebalance(handle, code, partitions)
            }
        }
    }

    func observe(_ json: UnsafeRawBufferPointer) {
        guard let observer = configuration.statistics else { return }
        if let statistics = Statistics(json: json) {
            observer.observe(statistics)
        } else {
            logger?.warning("the library's statistics cannot be read", ["bytes": json.count])
        }
    }

    func failed(_ error: KafkaError) {
        log(error)
        onError(error)
    }

    func log(_ error: KafkaError) { logger?.log(error.disposition == .fatal ? .error : .warning, error.description) }

    private func log(level: Int32, facility: UnsafePointer<CChar>?, text: UnsafePointer<CChar>?) {
        guard let logger, let text else { return }
        let ours: LogLevel =
            switch level {
            case ...2: .critical
            case 3: .error
            case 4: .warning
            case 5: .notice
            case 6: .info
            default: .debug
            }
        logger.log(ours, String(cString: text), ["facility": facility.map { String(cString: $0) } ?? ""])
    }

    /// On librdkafka's background thread: a provider that waits holds up nothing but the next token.
    private func refreshToken(_ handle: OpaquePointer) {
        guard case .oauth(let provider) = configuration.security.sasl else { return }
        var reason = [CChar](repeating: 0, count: 512)
        do {
            let token = try provider()
            var words = token.extensions.flatMap { [strdup($0.name), strdup($0.value)] }
            defer { words.forEach { free($0) } }
            let result = words.withUnsafeMutableBufferPointer { buffer in
                buffer.baseAddress.map { base in
                    base.withMemoryRebound(to: UnsafePointer<CChar>?.self, capacity: buffer.count) {
                        rd_kafka_oauthbearer_set_token(
                            handle, token.value, token.expiresAt, token.principal, $0, buffer.count, &reason, reason.count)
                    }
                }
                    ?? rd_kafka_oauthbearer_set_token(
                        handle, token.value, token.expiresAt, token.principal, nil, 0, &reason, reason.count)
            }
            if result != RD_KAFKA_RESP_ERR_NO_ERROR {
                failed(KafkaError(.authentication, .retry, in: "OAuth token", ClientHandle.text(reason)))
                rd_kafka_oauthbearer_set_token_failure(handle, ClientHandle.text(reason))
            }
        } catch {
            failed(KafkaError(.authentication, .retry, in: "OAuth token", "the provider failed: \(error)"))
            rd_kafka_oauthbearer_set_token_failure(handle, "\(error)")  // asked again in ten seconds
        }
    }
}
