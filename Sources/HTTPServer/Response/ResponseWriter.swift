import CMicroHTTPD
import Glibc

/// Hands answers to libmicrohttpd, on the server's thread.
enum ResponseWriter {
    static func queue(_ response: Response, on connection: OpaquePointer) -> MHD_Result {
        if let file = response.file {
            // Its own descriptor: libmicrohttpd closes it with the answer.
            let descriptor = fcntl(file.descriptor, F_DUPFD_CLOEXEC, 0)
            guard descriptor >= 0, let made = MHD_create_response_from_fd64(UInt64(file.size), descriptor) else {
                if descriptor >= 0 { close(descriptor) }
                return .NO
            }
            return queue(made, response.status, response.headers, closes: response.closes, on: connection)
        }
        let made = response.body.withUnsafeBytes {
            MHD_create_response_from_buffer($0.count, UnsafeMutableRawPointer(mutating: $0.baseAddress), .RESPMEM_MUST_COPY)
        }
        guard let made else { return .NO }
        return queue(made, response.status, response.headers, closes: response.closes, on: connection)
    }

    /// Takes the response over.
    static func queue(
        _ made: OpaquePointer, _ status: Int, _ headers: [(name: String, value: String)], closes: Bool, on connection: OpaquePointer
    ) -> MHD_Result {
        defer { MHD_destroy_response(made) }
        for header in headers {
            // Refused: a line break or tab in it, or an empty name.
            guard MHD_add_response_header(made, header.name, header.value) == .YES else { return queueFailure(on: connection) }
        }
        if closes { MHD_add_response_header(made, "Connection", "close") }
        guard (200...599).contains(status) else { return queueFailure(on: connection) }
        return MHD_queue_response(connection, UInt32(status), made)
    }

    static func headers(of stream: EventStream) -> [(name: String, value: String)] {
        [("Content-Type", "text/event-stream"), ("Cache-Control", "no-store")] + stream.headers
    }

    private static func queueFailure(on connection: OpaquePointer) -> MHD_Result {
        guard let made = MHD_create_response_from_buffer(0, nil, .RESPMEM_PERSISTENT) else { return .NO }
        defer { MHD_destroy_response(made) }
        MHD_add_response_header(made, "Connection", "close")
        return MHD_queue_response(connection, 500, made)
    }
}
