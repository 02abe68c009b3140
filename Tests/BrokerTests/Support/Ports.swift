import Glibc

/// Free ports of the loopback interface.
enum Ports {
    /// The first of `count` ports in a row that are free now.
    static func free(_ count: Int = 1) -> UInt16 {
        for _ in 0..<1000 {
            guard let first = bound(0), first < 65535 - count else { continue }
            if (1..<max(count, 2)).allSatisfy({ count == 1 || bound(first + UInt16($0)) != nil }) { return first }
        }
        preconditionFailure("no free port on the loopback interface")
    }

    /// Binds, asks for the number and lets go.
    private static func bound(_ port: UInt16) -> UInt16? {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        return withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                guard bind(descriptor, generic, size) == 0, getsockname(descriptor, generic, &size) == 0 else { return nil }
                return UInt16(bigEndian: pointer.pointee.sin_port)
            }
        }
    }
}
