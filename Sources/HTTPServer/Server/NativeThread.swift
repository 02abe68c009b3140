import Glibc

/// A thread of its own, for work that waits in C.
struct NativeThread: Sendable {
    private final class Body: Sendable {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    private let id: pthread_t

    init(_ run: @escaping @Sendable () -> Void) throws(ServerError) {
        let body = Unmanaged.passRetained(Body(run))
        var id = pthread_t()
        let code = pthread_create(
            &id, nil,
            { context in
                if let context { Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run() }
                return nil
            }, body.toOpaque())
        guard code == 0 else {
            body.release()
            throw ServerError(errno: code, in: "pthread_create", "A thread of the HTTP server cannot start.")
        }
        self.id = id
    }

    func join() { pthread_join(id, nil) }

    func detach() { pthread_detach(id) }
}
