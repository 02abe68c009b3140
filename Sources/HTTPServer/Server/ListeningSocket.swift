import Glibc

/// The socket a server listens on, made by us so that address, buffers and time-outs are decided in one place: accepted sockets inherit them.
struct ListeningSocket: ~Copyable {
    let descriptor: Int32
    /// The port it has, 0 for a Unix socket.
    let port: Int
    private let path: String?

    /// - Parameter address: a numeric address or host name, or a path that begins with a slash, for a Unix socket.
    init(address: String, port: Int, limits: ServerLimits) throws(ServerError) {
        if address.hasPrefix("/") {
            descriptor = try Self.unix(address)
            path = address
            self.port = 0
        } else {
            (descriptor, self.port) = try Self.inet(address, port, limits)
            path = nil
        }
    }

    deinit {
        close(descriptor)
        removeFile()
    }

    /// Removes a Unix socket's file, if there is one still.
    func removeFile() {
        if let path { unlink(path) }
    }

    private static func inet(_ address: String, _ port: Int, _ limits: ServerLimits) throws(ServerError) -> (Int32, Int) {
        guard UInt16(exactly: port) != nil else {
            throw ServerError(code: .address, operation: "bind", detail: "There is no port \(port).")
        }
        var hints = addrinfo()
        hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(address, String(port), &hints, &found)
        guard code == 0, let first = found else {
            throw ServerError(
                code: .address, operation: "getaddrinfo", detail: "Cannot resolve '\(address)': \(String(cString: gai_strerror(code))).")
        }
        defer { freeaddrinfo(found) }
        let info = first.pointee
        let descriptor = socket(info.ai_family, info.ai_socktype | Int32(SOCK_CLOEXEC.rawValue), info.ai_protocol)
        guard descriptor >= 0 else { throw ServerError(errno: errno, in: "socket", "Cannot open a socket for \(address).") }
        set(descriptor, SOL_SOCKET, SO_REUSEADDR, 1)
        set(descriptor, SOL_SOCKET, SO_SNDBUF, Int32(clamping: limits.sendBufferBytes))
        set(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, 1)
        set(descriptor, Int32(IPPROTO_TCP), TCP_USER_TIMEOUT, Int32(clamping: Clock.nanoseconds(limits.acknowledgement) / 1_000_000))
        if info.ai_family == AF_INET6 { set(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, 0) }
        guard bind(descriptor, info.ai_addr, info.ai_addrlen) == 0, listen(descriptor, 4096) == 0 else {
            let code = errno
            close(descriptor)
            throw ServerError(errno: code, in: "bind", "Cannot listen on \(address), port \(port).")
        }
        return (descriptor, boundPort(descriptor))
    }

    private static func unix(_ path: String) throws(ServerError) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
            throw ServerError(code: .address, operation: "bind", detail: "The path of the socket is too long: \(path).")
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw ServerError(errno: errno, in: "socket", "Cannot open a socket for \(path).") }
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
        }
        guard bound == 0, listen(descriptor, 4096) == 0 else {
            let code = errno
            close(descriptor)
            throw ServerError(errno: code, in: "bind", "Cannot listen on \(path).")
        }
        return descriptor
    }

    private static func set(_ descriptor: Int32, _ level: Int32, _ option: Int32, _ value: Int32) {
        var value = value
        setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
    }

    private static func boundPort(_ descriptor: Int32) -> Int {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return withUnsafeMutablePointer(to: &storage) { pointer in
            _ = pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
            // The port lies at the same place for both families.
            return pointer.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { Int(UInt16(bigEndian: $0.pointee.sin_port)) }
        }
    }
}
