internal import CRdKafka

/// One handle of a producer. A producer outlives its handles: after a fatal error the next generation takes over.
final class Generation: Sendable {
    let handle: ClientHandle
    /// Sendable: a queue is synchronised by librdkafka; immutable after init.
    nonisolated(unsafe) let queue: OpaquePointer
    let number: Int

    init(_ configuration: ProducerConfiguration, number: Int, context: ClientContext) throws(KafkaError) {
        handle = try ClientHandle(
            RD_KAFKA_PRODUCER, configuration.settings(),
            events: RD_KAFKA_EVENT_DR | RD_KAFKA_EVENT_ERROR | RD_KAFKA_EVENT_STATS, context)
        guard let queue = rd_kafka_queue_get_main(handle.pointer) else {
            throw KafkaError(.configuration, .fatal, in: "rd_kafka_queue_get_main", "out of memory")
        }
        self.queue = queue
        self.number = number
        if case .oauth = configuration.kafka.security.sasl {
            try check("sasl callbacks", rd_kafka_sasl_background_callbacks_enable(handle.pointer))
        }
    }

    deinit { rd_kafka_queue_destroy(queue) }

    /// Records and events that the library still holds.
    var held: Int32 { rd_kafka_outq_len(handle.pointer) }

    /// A topic's handle of this generation; nil where the library refuses the name.
    func topic(_ name: String) -> TopicPointer {
        TopicPointer(pointer: rd_kafka_topic_new(handle.pointer, name, nil))
    }
}

/// A `rd_kafka_topic_t`. Sendable: reference-counted and synchronised by librdkafka; it lives until its generation ends, which waits for
/// every call in progress.
struct TopicPointer: Sendable {
    nonisolated(unsafe) let pointer: OpaquePointer?
}
