internal import CRdKafka

/// Owns a `rd_kafka_t`.
///
/// Sendable: librdkafka synchronises the handle itself; both fields are immutable after `init`. The context is retained (+1) for C
/// and released only after `rd_kafka_destroy` has joined librdkafka's threads: no callback can outlive it.
/// Dropping the last reference may block until those threads end: never in a callback, never in the cooperative pool. Shut down
/// explicitly (`destroy(within:)`); `deinit` is the net and uses a thread of its own.
final class ClientHandle: Sendable {
    nonisolated(unsafe) let pointer: OpaquePointer
    private let end: HandleEnd

    init(_ kind: rd_kafka_type_t, _ settings: ClientSettings, events: Int32, _ context: ClientContext) throws(KafkaError) {
        guard let conf = rd_kafka_conf_new() else {
            throw KafkaError(.configuration, .fatal, in: "rd_kafka_conf_new", "out of memory")
        }
        do throws(KafkaError) {
            try Self.apply(settings, to: conf)
        } catch {
            rd_kafka_conf_destroy(conf)
            throw error
        }
        let retained = Unmanaged.passRetained(context)
        rd_kafka_conf_set_opaque(conf, retained.toOpaque())
        rd_kafka_conf_set_events(conf, events)
        ClientContext.install(in: conf, kind: kind, context: context, events: events)
        var reason = [CChar](repeating: 0, count: 512)
        guard let pointer = rd_kafka_new(kind, conf, &reason, reason.count) else {
            rd_kafka_conf_destroy(conf)  // rd_kafka_new owns it only on success
            retained.release()
            throw KafkaError(.configuration, .reject, in: "rd_kafka_new", Self.text(reason))
        }
        self.pointer = pointer
        end = HandleEnd(pointer: pointer, context: retained)
    }

    private static func apply(_ settings: ClientSettings, to conf: OpaquePointer) throws(KafkaError) {
        var reason = [CChar](repeating: 0, count: 512)
        for property in settings.all {
            switch rd_kafka_conf_set(conf, property.key, property.value, &reason, reason.count) {
            case RD_KAFKA_CONF_OK: break
            case RD_KAFKA_CONF_UNKNOWN where property.isOptional: break
            default: throw KafkaError(.configuration, .reject, in: "configuration", text(reason))
            }
        }
    }

    static func text(_ reason: [CChar]) -> String {
        String(decoding: reason.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// The error that made the handle useless, if one did.
    var fatalError: KafkaError? {
        var reason = [CChar](repeating: 0, count: 512)
        let code = rd_kafka_fatal_error(pointer, &reason, reason.count)
        guard code != RD_KAFKA_RESP_ERR_NO_ERROR else { return nil }
        return KafkaError(KafkaError.Code(code), .fatal, in: "client", Self.text(reason))
    }

    /// Whether `fatalError` is set, at the cost of one load.
    var fatalErrorRaised: Bool { rd_kafka_fatal_error(pointer, nil, 0) != RD_KAFKA_RESP_ERR_NO_ERROR }

    /// Ends the library's threads, waiting no longer than `limit` for them (a leaked list or a coordinator that is gone can hold them
    /// for ever, docs/kafka.md). False when they are left behind. A second call does nothing.
    func destroy(within limit: Duration, closingConsumer: Bool = true) -> Bool {
        end.run(flags: closingConsumer ? 0 : RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE, within: limit)
    }

    deinit { end.abandon() }
}
