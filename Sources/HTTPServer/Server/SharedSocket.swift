/// The listening socket where it outlives the scope that made it: closed with the last reference, after the daemon has stopped.
final class SharedSocket: Sendable {
    private let socket: ListeningSocket

    init(_ socket: consuming ListeningSocket) { self.socket = socket }

    var descriptor: Int32 { socket.descriptor }
    var port: Int { socket.port }
}
