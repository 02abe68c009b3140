internal import CRdKafka
internal import Synchronization
internal import Telemetry

/// One handle of a producer. A producer outlives its handles: after a fatal error the next generation takes over.
final class Generation: Sendable {
    let handle: ClientHandle
    /// Sendable: a queue is synchronised by librdkafka; immutable after init.
    nonisolated(unsafe) let queue: OpaquePointer
    let number: Int
    /// Calls of `Producer.call` that are inside of this handle: it is not destroyed before they are out.
    let calls = Atomic<Int>(0)

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

    /// Ends a handle that was replaced, on a thread of its own: a call that began before it was replaced may still be inside, an abort for one.
    func retire(_ topics: [TopicPointer]) {
        OwnThread.run("kafka-retire") { [self] in
            while calls.load(ordering: .acquiring) > 0 { OwnThread.sleep(.milliseconds(1)) }
            for topic in topics { if let pointer = topic.pointer { rd_kafka_topic_destroy(pointer) } }
            _ = handle.destroy(within: .zero)
        }
    }

    /// Records and events that the library still holds.
    var held: Int32 { rd_kafka_outq_len(handle.pointer) }

    /// A topic's handle of this generation; without a pointer where Kafka refuses the name (the library does not look at it).
    func topic(_ name: String) -> TopicPointer {
        let isName =
            1...249 ~= name.utf8.count && name != "." && name != ".."
            && name.utf8.allSatisfy {
                switch $0 {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                    UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
        return TopicPointer(pointer: isName ? rd_kafka_topic_new(handle.pointer, name, nil) : nil, handle: handle.pointer)
    }
}

/// A `rd_kafka_topic_t` and its client, not retained: a record costs no reference count. Sendable: both are synchronised by librdkafka and
/// live until their generation ends, which waits for every call in progress.
struct TopicPointer: Sendable {
    nonisolated(unsafe) let pointer: OpaquePointer?
    nonisolated(unsafe) let handle: OpaquePointer
}
