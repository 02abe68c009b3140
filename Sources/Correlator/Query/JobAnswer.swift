public import Core

/// What a node can say about an id. Only `job` and `purged` are final answers; `absent` becomes "unknown" once the fold has passed the
/// end that the id's partition had when asked (`Correlator.whenFolded`).
public enum JobAnswer: Sendable {
    /// The job as it is now.
    case job(Job)
    /// This node owns the partition and has folded no such job so far.
    case absent(partition: Int32)
    /// The job was here and its retention is over.
    case purged
    /// This node is to answer, but cannot yet (it restores, or Kafka has not confirmed its membership of late). Ask again soon.
    case notReady(reason: String)
    /// Another node owns the partition.
    case elsewhere(address: String)
    /// No node is known to own the partition.
    case unowned
}
