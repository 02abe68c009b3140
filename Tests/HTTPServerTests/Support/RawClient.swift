import Glibc
import Telemetry

@testable import HTTPServer

/// Runs what waits in C on a thread of its own, so that it holds up no other test.
func onThread<Result: Sendable>(_ body: @escaping @Sendable () -> Result) async -> Result {
    await OwnThread.blocking("test", body)
}

/// A bare socket: what it sends is exactly what the test says.
final class RawClient: Sendable {
    struct Answer: Sendable, Equatable {
        var status: Int
        var headers: [String: String]
        var body: String
    }

    private let descriptor: Int32

    /// - Parameter receiveBuffer: bytes, to make a client that takes little.
    init(port: Int, receiveBuffer: Int32? = nil) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw Failure(what: "socket", code: errno) }
        if var size = receiveBuffer { setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, 4) }
        // The time limit of a broken test, not a thing that is waited for.
        var limit = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let code = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
        guard code == 0 else { throw Failure(what: "connect", code: errno) }
    }

    deinit { close(descriptor) }

    struct Failure: Error {
        let what: String
        let code: Int32
    }

    /// Sends all, unless the server has closed.
    @discardableResult
    func send(_ text: String) async -> Bool { await send(Array(text.utf8)) }

    @discardableResult
    func send(_ bytes: [UInt8]) async -> Bool {
        let descriptor = descriptor
        return await onThread {
            var sent = 0
            while sent < bytes.count {
                let count = bytes.withUnsafeBytes {
                    Glibc.send(descriptor, $0.baseAddress! + sent, bytes.count - sent, Int32(MSG_NOSIGNAL))
                }
                guard count > 0 else { return false }
                sent += count
            }
            return true
        }
    }

    /// Everything until the server closes; nil when it does not within the time limit.
    func rest() async -> String? {
        let descriptor = descriptor
        return await onThread {
            var all: [UInt8] = []
            while true {
                guard let more = Self.read(descriptor, 65_536) else {
                    return errno == ECONNRESET ? String(decoding: all, as: UTF8.self) : nil
                }
                if more.isEmpty { return String(decoding: all, as: UTF8.self) }
                all += more
            }
        }
    }

    /// Exactly the bytes up to and with `text`; nil when the server closes before.
    func until(_ text: String) async -> String? {
        let descriptor = descriptor
        return await onThread { Self.read(descriptor, until: text) }
    }

    /// One whole answer; nil when the server closes before.
    func answer(isHead: Bool = false) async -> Answer? {
        let descriptor = descriptor
        return await onThread {
            guard let head = Self.read(descriptor, until: "\r\n\r\n") else { return nil }
            let lines = head.split(separator: "\r\n")
            guard let status = lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else { return nil }
            var headers: [String: String] = [:]
            for line in lines.dropFirst() {
                guard let colon = line.firstIndex(of: ":") else { return nil }
                headers[line[..<colon].lowercased()] = String(line[line.index(after: colon)...].drop { $0 == " " })
            }
            var body: [UInt8] = []
            if let count = headers["content-length"].flatMap({ Int($0) }), !isHead, status != 304 {
                while body.count < count {
                    guard let more = Self.read(descriptor, count - body.count), !more.isEmpty else { return nil }
                    body += more
                }
            }
            return Answer(status: status, headers: headers, body: String(decoding: body, as: UTF8.self))
        }
    }

    /// Closes the sending side: the server sees the end, this side still reads.
    func finishSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Leaves at once with a reset.
    func reset() {
        var linger = Glibc.linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Glibc.linger>.size))
        shutdown(descriptor, Int32(SHUT_RDWR))
    }

    private static func read(_ descriptor: Int32, _ count: Int) -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: count)
        let got = recv(descriptor, &buffer, count, 0)
        guard got >= 0 else { return nil }
        return Array(buffer[..<got])
    }

    private static func read(_ descriptor: Int32, until text: String) -> String? {
        let wanted = Array(text.utf8)
        var all: [UInt8] = []
        while !all.suffix(wanted.count).elementsEqual(wanted) {
            guard let more = read(descriptor, 1), !more.isEmpty else { return nil }
            all += more
        }
        return String(decoding: all, as: UTF8.self)
    }
}
