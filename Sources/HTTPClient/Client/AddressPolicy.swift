import CCurl
import Glibc

/// Which addresses a client may connect to; asked with the very address, after the name was resolved and before anything is sent.
public enum AddressPolicy: Sendable {
    /// Any address: for the nodes, registries and gateways that a configuration names.
    case any
    /// Only addresses of the public Internet: for URLs from outside. Loopback, private, link-local, shared, multicast and other special-purpose
    /// addresses (IANA's special-purpose registries) are refused.
    case publicOnly

    func allows(_ address: UnsafePointer<sockaddr>) -> Bool {
        guard self == .publicOnly else { return true }
        switch Int32(address.pointee.sa_family) {
        case AF_INET:
            return address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                Self.isPublic(UInt32(bigEndian: $0.pointee.sin_addr.s_addr))
            }
        case AF_INET6:
            return address.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { pointer in
                withUnsafeBytes(of: pointer.pointee.sin6_addr) { Self.isPublic(Array($0)) }
            }
        default: return false
        }
    }

    static func isPublic(_ address: UInt32) -> Bool {
        let special: [(UInt32, UInt32)] = [
            (0x0000_0000, 8), (0x0A00_0000, 8), (0x6440_0000, 10), (0x7F00_0000, 8), (0xA9FE_0000, 16), (0xAC10_0000, 12),
            (0xC000_0000, 24),
            (0xC000_0200, 24), (0xC058_6300, 24), (0xC0A8_0000, 16), (0xC612_0000, 15), (0xC633_6400, 24), (0xCB00_7100, 24),
            (0xE000_0000, 3),
        ]
        return !special.contains { network, bits in (address ^ network) >> (32 - bits) == 0 }
    }

    static func isPublic(_ bytes: [UInt8]) -> Bool {
        if bytes[0..<10].allSatisfy({ $0 == 0 }), bytes[10] == bytes[11], bytes[10] == 0xFF || bytes[10] == 0 {
            return isPublic(bytes[12...].reduce(0) { $0 << 8 | UInt32($1) })  // an IPv4 address inside
        }
        // Only global unicast, 2000::/3, without documentation, ORCHID, Teredo, 6to4 and benchmarking.
        guard bytes[0] & 0xE0 == 0x20 else { return false }
        if bytes[0] == 0x20, bytes[1] == 0x01, bytes[2] < 0x02 { return false }
        if bytes[0] == 0x20, bytes[1] == 0x01, bytes[2] == 0x0D, bytes[3] == 0xB8 { return false }
        return !(bytes[0] == 0x20 && bytes[1] == 0x02) && !(bytes[0] == 0x3F && bytes[1] == 0xFF)
    }
}
