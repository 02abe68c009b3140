/// What librdkafka knows of itself (its STATISTICS.md), as of one moment. Fields that it does not have are zero or absent.
public struct Statistics: Sendable, Decodable {
    /// A broker that the client knows.
    public struct Broker: Sendable, Decodable {
        /// `host:port/id`.
        public let name: String
        /// The broker's number; -1: a bootstrap server.
        public let nodeid: Int32
        /// `UP`, `DOWN`, `CONNECT`, …
        public let state: String
        /// Requests that wait to be sent.
        public let outbuf_cnt: Int
        /// Requests that wait for an answer.
        public let waitresp_cnt: Int
        /// Requests that were answered with an error.
        public let txerrs: Int
        /// Requests whose time ran out.
        public let req_timeouts: Int
        /// Connections made.
        public let connects: Int
        /// Connections lost.
        public let disconnects: Int
        /// Round trips, in microseconds.
        public let rtt: Window?
        /// Time that records waited in the producer's queue, in microseconds.
        public let int_latency: Window?
        /// Time for which the broker held requests back, in milliseconds.
        public let throttle: Window?
    }
    /// Values of a sliding window.
    public struct Window: Sendable, Decodable {
        /// The smallest.
        public let min: Int
        /// The largest.
        public let max: Int
        /// The mean.
        public let avg: Int
        /// The median.
        public let p50: Int
        /// The 99th percentile.
        public let p99: Int
        /// How many values.
        public let cnt: Int
    }
    /// A topic that is written to or read.
    public struct TopicStatistics: Sendable, Decodable {
        /// Its name.
        public let topic: String
        /// Its partitions by their number; -1: records that have no partition yet.
        public let partitions: [String: PartitionStatistics]
    }
    /// A partition that is written to or read.
    public struct PartitionStatistics: Sendable, Decodable {
        /// Its number.
        public let partition: Int32
        /// The broker that leads it.
        public let leader: Int32
        /// Records that wait for their first request.
        public let msgq_cnt: Int
        /// Records in the queue of the broker's thread.
        public let xmit_msgq_cnt: Int
        /// Records fetched ahead.
        public let fetchq_cnt: Int
        /// Bytes fetched ahead.
        public let fetchq_size: Int
        /// The end of the log as of the last fetch; -1001: not known.
        public let hi_offset: Int64
        /// What the group committed; -1001: nothing.
        public let committed_offset: Int64
        /// What `poll` handed out, plus one; -1001: nothing yet.
        public let app_offset: Int64
        /// Records written.
        public let txmsgs: Int
        /// Records read.
        public let rxmsgs: Int

        /// Records between what was handed out and the end; nil where either is not known. (The library's own `consumer_lag` counts from
        /// the committed offset and is -1 without one.)
        public var lag: Int64? { hi_offset >= 0 && app_offset >= 0 ? max(0, hi_offset - app_offset) : nil }
    }
    /// The member of a consumer group.
    public struct Group: Sendable, Decodable {
        /// The state of the client: `up` is good.
        public let state: String
        /// The state of the join: `steady` is good.
        public let join_state: String
        /// Rebalances so far.
        public let rebalance_cnt: Int
        /// Why the last one came.
        public let rebalance_reason: String
        /// Partitions that are assigned.
        public let assignment_size: Int
    }

    /// The handle's name.
    public let name: String
    /// `producer` or `consumer`.
    public let type: String
    /// Microseconds of a monotonic clock.
    public let ts: Int
    /// Events that wait for the application.
    public let replyq: Int
    /// Records in the producer's queues.
    public let msg_cnt: Int
    /// Their bytes.
    public let msg_size: Int
    /// Requests sent.
    public let tx: Int
    /// Bytes sent.
    public let tx_bytes: Int
    /// Answers received.
    public let rx: Int
    /// Bytes received.
    public let rx_bytes: Int
    /// Records written.
    public let txmsgs: Int
    /// Records read.
    public let rxmsgs: Int
    /// Brokers by name.
    public let brokers: [String: Broker]
    /// Topics by name.
    public let topics: [String: TopicStatistics]
    /// The member of a group; absent in a producer.
    public let cgrp: Group?
}
