internal import Glibc

/// The system gave no thread.
public struct ThreadRefused: Error, CustomStringConvertible {
    /// The name the thread was to have.
    public let name: String
    /// The `errno` of `pthread_create`.
    public let code: Int32

    /// What happened, for a person.
    public var description: String {
        "cannot start the thread '\(name)': \(String(cString: strerror(code))); raise the limit of processes (ulimit -u)"
    }
}
