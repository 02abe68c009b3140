import CMicroHTTPD
import Glibc
import Synchronization

/// What the callbacks of a running server share. Retained for libmicrohttpd from start until after stop.
final class ServerCore: Sendable {
    let handler: @Sendable (Request) -> Outcome
    let limits: ServerLimits
    let counts: ServerCounts
    let peers: PeerTable
    let watcher: Watcher
    let headLimit: Int64
    let bodyLimit: Int64
    let idleLimit: Int64
    let alarm: Alarm
    private let draining = Atomic<Bool>(false)

    init(handler: @escaping @Sendable (Request) -> Outcome, limits: ServerLimits, counts: ServerCounts) throws(ServerError) {
        self.handler = handler
        self.limits = limits
        self.counts = counts
        let peers = PeerTable()
        self.peers = peers
        watcher = try Watcher(peers, counts)
        alarm = try Alarm()
        headLimit = Clock.nanoseconds(limits.head)
        bodyLimit = Clock.nanoseconds(limits.body)
        idleLimit = Clock.nanoseconds(limits.idle)
    }

    var isDraining: Bool { draining.load(ordering: .sequentiallyConsistent) }

    /// From now on nothing new is held.
    func drain() { draining.store(true, ordering: .sequentiallyConsistent) }

    // MARK: libmicrohttpd's callbacks: all on its thread

    static let connection: MHD_NotifyConnectionCallback = { me, raw, context, event in
        guard let me, let raw, let context else { return }
        let core = Unmanaged<ServerCore>.fromOpaque(me).takeUnretainedValue()
        if event == .CONNECTION_NOTIFY_STARTED {
            let peer = core.peers.add(cmhd_descriptor(raw))
            context.pointee = Unmanaged.passRetained(Exchange(peer: peer, core: core)).toOpaque()
            core.watcher.arm(peer, at: Clock.now() + core.headLimit)
        } else if let pointer = context.pointee {
            let exchange = Unmanaged<Exchange>.fromOpaque(pointer).takeRetainedValue()
            context.pointee = nil
            exchange.peer.closed()
            core.peers.remove(exchange.peer)
        }
    }

    /// The request line as it came, before the head is read; what it returns is the context of the calls that follow.
    static let requestLine: @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>?, OpaquePointer?) -> UnsafeMutableRawPointer? = {
        _, target, raw in
        guard let target, let raw, let context = cmhd_socket_context(raw) else { return nil }
        Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue().begin(raw, target: target)
        return context
    }

    static let call: MHD_AccessHandlerCallback = { _, _, _, method, version, data, size, context in
        guard let pointer = context?.pointee, let method, let version, let size else { return .NO }
        return Unmanaged<Exchange>.fromOpaque(pointer).takeUnretainedValue().call(method: method, version: version, data: data, size: size)
    }

    static let completed: MHD_RequestCompletedCallback = { _, _, context, _ in
        guard let context, let pointer = context.pointee else { return }
        context.pointee = nil
        Unmanaged<Exchange>.fromOpaque(pointer).takeUnretainedValue().end()
    }

    /// Starts libmicrohttpd on the socket. The core must be retained until the daemon has stopped.
    func start(on descriptor: Int32) -> OpaquePointer? {
        let me = Unmanaged.passUnretained(self).toOpaque()
        var options: [MHD_OptionItem] = []
        func add(_ option: MHD_OPTION, _ value: Int, _ pointer: UnsafeMutableRawPointer? = nil) {
            options.append(MHD_OptionItem(option: option, value: value, ptr_value: pointer))
        }
        add(.LISTEN_SOCKET, Int(descriptor))
        add(.NOTIFY_CONNECTION, unsafeBitCast(Self.connection, to: Int.self), me)
        add(.URI_LOG_CALLBACK, unsafeBitCast(Self.requestLine, to: Int.self), me)
        add(.NOTIFY_COMPLETED, unsafeBitCast(Self.completed, to: Int.self), me)
        add(.CONNECTION_MEMORY_LIMIT, limits.connectionBytes)
        add(.CONNECTION_LIMIT, Self.connections(limits.connectionsMax))
        add(.CONNECTION_TIMEOUT, Int(idleLimit / 1_000_000_000))
        // 0.9.75 adds only checks that are ours already, and answers them with a doubled head; later versions refuse much more.
        add(.STRICT_FOR_CLIENT, HeadReader.findsGaps ? 0 : 1)
        add(.END, 0)
        return cmhd_start(MHD_USE_EPOLL.rawValue | MHD_ALLOW_SUSPEND_RESUME.rawValue, Self.call, me, &options)
    }

    /// Below what the process may open, because one that cannot be accepted hangs, and other descriptors are needed too.
    private static func connections(_ wanted: Int) -> Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return wanted }
        let open = Int(clamping: limit.rlim_cur)
        return max(1, min(wanted, open > 1000 ? open - 500 : open / 2))
    }
}
