internal import Core

/// A request that lies in a wrong partition, on its way to the right one. Its offset is stored once the new record is acknowledged.
struct Move {
    let track: Int
    let offset: Int64
    let home: Int32
    let record: RequestRecord
    var isSent = false
}
