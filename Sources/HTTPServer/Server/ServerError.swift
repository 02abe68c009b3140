import Glibc

/// Why a server could not start.
public struct ServerError: Error, Sendable, CustomStringConvertible {
    public enum Code: Sendable {
        /// The address cannot be understood or resolved.
        case address
        /// Somebody listens there already.
        case inUse
        /// The port or path is not for this user.
        case permission
        /// A limit that cannot work.
        case limits
        /// It runs already, or was stopped: a server is started once.
        case state
        /// The kernel or the library refused.
        case system
    }

    public enum Disposition: Sendable {
        /// It may work later without a change.
        case retry
        /// The configuration must change.
        case reject
    }

    public let code: Code
    public let operation: StaticString
    public let detail: String

    public var disposition: Disposition {
        switch code {
        case .inUse, .system: .retry
        case .address, .permission, .limits, .state: .reject
        }
    }

    public var description: String { detail }

    init(code: Code, operation: StaticString, detail: String) {
        self.code = code
        self.operation = operation
        self.detail = detail
    }

    init(errno number: Int32, in operation: StaticString, _ what: String) {
        code =
            switch number {
            case EADDRINUSE: .inUse
            case EACCES, EPERM: .permission
            case EADDRNOTAVAIL, ENAMETOOLONG, ENOENT, ENOTDIR: .address
            default: .system
            }
        self.operation = operation
        detail = "\(what) \(String(cString: strerror(number)))."
    }
}
