internal import Core

/// A record that could not be read and was set aside: where it lies and what is wrong with it.
struct Garbage {
    let topic: String
    let offset: Int64
    let time: Timestamp
    let detail: String
}
