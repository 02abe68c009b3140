/// The listening socket where it outlives the scope that made it: closed with the last reference, after the daemon has stopped.
final class SharedSocket: Sendable {
    private let socket: ListeningSocket

    init(_ socket: consuming ListeningSocket) { self.socket = socket }

    var descriptor: Int32 { socket.descriptor }
    var port: Int { socket.port }

    /// Removes a Unix socket's file now: the last reference may go a moment after who waits for the stop.
    func removeFile() { socket.removeFile() }
}
