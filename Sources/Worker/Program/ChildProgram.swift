import CSys

import Glibc

/// A running program with its pipes. Belongs to the programs' thread.
final class ChildProgram {
    static let lineBytesMax = 8 << 20
    private static let readBytes = 64 << 10

    let launch: ProgramLaunch
    let ended: @Sendable (Result<ProgramEnd, WorkerError>) -> Void
    let process: pid_t
    /// Readable when the process ended; -1 where the kernel has none, then the process is asked after at each turn.
    let watch: Int32
    private(set) var input: Int32
    private(set) var output: Int32
    private(set) var complaints: Int32
    private var written = 0
    private var lines = LineBuffer(lineBytesMax: ChildProgram.lineBytesMax)
    private var complaintLines = LineBuffer(lineBytesMax: 64 << 10)
    private var tail = StandardErrorTail()
    private var wanted = true
    /// When what was asked to end is killed.
    private(set) var killAt: ContinuousClock.Instant?
    private(set) var isOver = false

    /// Starts the program on this thread, whose end would be the program's end too.
    init(_ launch: ProgramLaunch, ended: @escaping @Sendable (Result<ProgramEnd, WorkerError>) -> Void) throws(WorkerError) {
        var pipes: [Int32] = []
        func pipe() -> (read: Int32, write: Int32)? {
            var ends: [Int32] = [-1, -1]
            guard csys_pipe(&ends) == 0 else { return nil }
            pipes += ends
            return (ends[0], ends[1])
        }
        guard let input = pipe(), let output = pipe(), let complaints = pipe() else {
            let reason = String(cString: strerror(errno))
            for descriptor in pipes { close(descriptor) }
            throw WorkerError(.program, operation: "start \(launch.command[0])", detail: "no pipes: \(reason)")
        }
        var process: pid_t = 0
        let fault = Self.spawn(launch, &process, input.read, output.write, complaints.write)
        for descriptor in [input.read, output.write, complaints.write] { close(descriptor) }
        guard fault == 0 else {
            for descriptor in [input.write, output.read, complaints.read] { close(descriptor) }
            throw WorkerError(.program, operation: "start \(launch.command[0])", detail: String(cString: strerror(fault)))
        }
        for descriptor in [input.write, output.read, complaints.read] { _ = csys_set_nonblocking(descriptor, 1) }
        self.launch = launch
        self.ended = ended
        self.process = process
        watch = csys_pidfd_open(process)
        (self.input, self.output, self.complaints) = (input.write, output.read, complaints.read)
        if launch.input.isEmpty { closeInput() }
    }

    deinit {
        for descriptor in [input, output, complaints, watch] where descriptor >= 0 { close(descriptor) }
    }

    private static func spawn(_ launch: ProgramLaunch, _ process: inout pid_t, _ input: Int32, _ output: Int32, _ error: Int32) -> Int32 {
        var names = Set(launch.environment.map(\.name))
        var environment = launch.environment.map { "\($0.name)=\($0.value)" }
        var entry = environ
        while let text = entry.pointee {
            let line = String(cString: text)
            let name = String(line.prefix { $0 != "=" })
            if names.insert(name).inserted { environment.append(line) }
            entry += 1
        }
        let (arguments, variables) = (CStrings(launch.command), CStrings(environment))
        return csys_spawn(&process, arguments.pointers, variables.pointers, input, output, error)
    }

    /// SIGTERM to the group, SIGKILL after the grace period.
    func end(now: ContinuousClock.Instant) {
        guard killAt == nil, !isOver else { return }
        killAt = now + launch.grace
        Glibc.kill(-process, SIGTERM)
    }

    /// The grace period is over.
    func endAtLast(ifDue now: ContinuousClock.Instant) {
        guard let killAt, now >= killAt, !isOver else { return }
        Glibc.kill(-process, SIGKILL)
    }

    func writeInput() {
        while input >= 0 && written < launch.input.count {
            let count = launch.input.withUnsafeBytes { write(input, $0.baseAddress! + written, $0.count - written) }
            if count < 0 && errno == EINTR { continue }
            if count < 0 && errno == EAGAIN { return }
            // A program need not read what it is given.
            guard count > 0 else { return closeInput() }
            written += count
        }
        closeInput()
    }

    private func closeInput() {
        guard input >= 0 else { return }
        close(input)
        input = -1
    }

    func readOutput(now: ContinuousClock.Instant) {
        let launch = launch
        let open = read(&output) { bytes in
            guard wanted else { return }
            do {
                try lines.feed(bytes) { line in
                    if wanted { wanted = launch.line(line) }
                }
            } catch {
                // A line without an end: handed over as far as it goes, so that its fault is named.
                wanted = false
                _ = launch.line(bytes.prefix(64))
            }
        }
        if !open && wanted {
            lines.finish { line in wanted = launch.line(line) }
        }
        if !wanted { end(now: now) }
    }

    func readComplaints() {
        let launch = launch
        let open = read(&complaints) { bytes in
            tail.append(bytes)
            do {
                try complaintLines.feed(bytes, launch.complaint)
            } catch {
                complaintLines = LineBuffer(lineBytesMax: complaintLines.lineBytesMax)
                launch.complaint(bytes.prefix(1_024))
            }
        }
        if !open { complaintLines.finish(launch.complaint) }
    }

    /// Takes what is there; false once the stream has ended. A few reads at most, so that no program starves the others.
    private func read(_ descriptor: inout Int32, _ body: (ArraySlice<UInt8>) -> Void) -> Bool {
        guard descriptor >= 0 else { return true }
        var buffer = [UInt8](repeating: 0, count: Self.readBytes)
        for _ in 0..<8 {
            let count = buffer.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                body(buffer[..<count])
                continue
            }
            if count < 0 && errno == EINTR { continue }
            if count < 0 && errno == EAGAIN { return true }
            close(descriptor)
            descriptor = -1
            return false
        }
        return true
    }

    /// Looks whether the process ended; then takes what its pipes still hold, ends what is left of its group, and reports.
    func reap(now: ContinuousClock.Instant) {
        var information = siginfo_t()
        guard !isOver, waitid(P_PID, id_t(process), &information, WEXITED | WNOHANG | WNOWAIT) == 0, exited(information) else { return }
        // Before the process is waited for: until then its number, and so its group's, cannot be another's.
        Glibc.kill(-process, SIGKILL)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 && errno == EINTR {}
        isOver = true
        drain(now: now)
        ended(.success(ProgramEnd(status: Int(csys_exit_status(status)), complaint: tail.text)))
    }

    private func exited(_ information: siginfo_t) -> Bool {
        information.si_signo == SIGCHLD
    }

    private func drain(now: ContinuousClock.Instant) {
        // Bounded: a grandchild that left the group may hold the pipes open and write for ever.
        for _ in 0..<1_024 {
            let before = (output, complaints)
            readOutput(now: now)
            readComplaints()
            guard output >= 0 || complaints >= 0, pending(output) || pending(complaints) else { break }
            if before == (output, complaints) { continue }
        }
        if output >= 0 && wanted {
            lines.finish { line in wanted = launch.line(line) }
        }
    }

    private func pending(_ descriptor: Int32) -> Bool {
        guard descriptor >= 0 else { return false }
        var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return Glibc.poll(&poll, 1, 0) > 0
    }
}
