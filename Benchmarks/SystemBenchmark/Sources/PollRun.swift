import Glibc

/// Jobs one at a time over one connection: POST, then `GET` of its `Location` with `Prefer: wait` until the job is final; and the same in one
/// exchange, POST with `Prefer: wait`.
struct PollRun {
    private let socket: Int32
    private let host: String
    private let body = #"{"text":"\#(String(repeating: "x", count: 189))"}"#

    private struct Answer {
        var status = 0
        var location = ""
        var body = ""
    }

    init(host: String, port: Int) throws {
        self.host = "\(host):\(port)"
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        inet_pton(AF_INET, host, &address.sin_addr)
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isConnected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(socket, $0, size) == 0 }
        }
        guard isConnected else { throw Trouble(description: "no connection to \(host):\(port): \(String(cString: strerror(errno)))") }
        var on: Int32 = 1
        setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    }

    /// `accepted p50 p99`, `polled p50 p99 polls-a-job`, `waited p50 p99`; the ids of the jobs go into a file.
    func run(_ count: Int, ids path: String?) throws {
        var (accepted, polled, waited) = (Figures(), Figures(), Figures())
        var ids: [String] = []
        var polls = 0
        for index in -(count / 10)..<count {
            let begun = ContinuousClock.now
            var answer = try exchange("POST /requests/demo.echo", post: true)
            let acknowledged = ContinuousClock.now - begun
            guard answer.status == 202, !answer.location.isEmpty else { throw Trouble(description: "POST: \(answer)") }
            let place = answer.location
            repeat {
                answer = try exchange("GET \(place)", wait: true)
                guard answer.status == 200 else { throw Trouble(description: "GET \(place): \(answer)") }
                if index >= 0 { polls += 1 }
            } while !answer.body.contains(#""status":"COMPLETED""#)
            guard index >= 0 else { continue }
            accepted.add(acknowledged)
            polled.add(ContinuousClock.now - begun)
            ids.append(String(place.split(separator: "?")[0].split(separator: "/").last ?? ""))
        }
        for index in -(count / 10)..<count {
            let begun = ContinuousClock.now
            let answer = try exchange("POST /requests/demo.echo", post: true, wait: true)
            guard answer.status == 200, answer.body.contains(#""status":"COMPLETED""#) else {
                throw Trouble(description: "POST with Prefer: wait: \(answer)")
            }
            if index >= 0 { waited.add(ContinuousClock.now - begun) }
        }
        accepted.print("accepted")
        polled.print("polled")
        waited.print("waited")
        print("polls", Figures.rounded(Double(polls) / Double(count)))
        close(socket)
        if let path, let file = fopen(path, "w") {
            for id in ids { fputs(id + "\n", file) }
            fclose(file)
        }
    }

    private func exchange(_ line: String, post: Bool = false, wait: Bool = false) throws -> Answer {
        var text = "\(line) HTTP/1.1\r\nHost: \(host)\r\n"
        if wait { text += "Prefer: wait=10\r\n" }
        if post { text += "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n" }
        text += "\r\n" + (post ? body : "")
        let bytes = Array(text.utf8)
        var sent = 0
        while sent < bytes.count {
            let more = bytes[sent...].withUnsafeBytes { send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard more > 0 else { throw Trouble(description: "the connection ended: \(String(cString: strerror(errno)))") }
            sent += more
        }
        return try receive()
    }

    private func receive() throws -> Answer {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16_384)
        var answer = Answer()
        var total = Int.max
        while bytes.count < total {
            let count = recv(socket, &buffer, buffer.count, 0)
            guard count > 0 else { throw Trouble(description: "the connection ended within an answer") }
            bytes += buffer[..<count]
            guard total == Int.max, let end = Self.end(ofHead: bytes) else { continue }
            var length = 0
            for line in String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n") {
                let parts = line.split(separator: ":", maxSplits: 1)
                if line.hasPrefix("HTTP/1.1 ") { answer.status = Int(line.dropFirst(9).prefix(3)) ?? 0 }
                guard parts.count == 2 else { continue }
                let value = parts[1].drop { $0 == " " }
                switch parts[0].lowercased() {
                case "content-length": length = Int(value) ?? 0
                case "location": answer.location = String(value)
                default: break
                }
            }
            total = end + 4 + length
            bytes.reserveCapacity(total)
        }
        if let end = Self.end(ofHead: bytes) { answer.body = String(decoding: bytes[(end + 4)...], as: UTF8.self) }
        return answer
    }

    /// Where the empty line begins that ends a head.
    private static func end(ofHead bytes: [UInt8]) -> Int? {
        guard bytes.count >= 4 else { return nil }
        return (0...bytes.count - 4).first { bytes[$0] == 13 && bytes[$0 + 1] == 10 && bytes[$0 + 2] == 13 && bytes[$0 + 3] == 10 }
    }
}
