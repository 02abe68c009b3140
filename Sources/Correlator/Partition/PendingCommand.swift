internal import Core

/// A command that was read: decided once the fold has passed the ends that the partition had then; done when its event is acknowledged.
struct PendingCommand {
    let offset: Int64
    let record: CommandRecord
    /// The look at the ends that counts for it: the first that began after it was read.
    let look: UInt64
    var isSent = false
}
