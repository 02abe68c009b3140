/// Which of an operation's own types a payload is of.
public enum TypedPart: Sendable, Hashable {
    /// The payload of a request.
    case request
    /// The payload of *completed*.
    case response
    /// The payload of *part*.
    case part
    /// The details of *failed*: a declared error, by its branch (2 and on).
    case error(branch: Int)
}
