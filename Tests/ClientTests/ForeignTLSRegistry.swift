import Glibc
import Telemetry

/// `scripts/foreign_registry.py` over TLS, in a process and a folder of its own, with a certificate that no authority has signed.
struct ForeignTLSRegistry {
    static let credentials = (name: "name", password: "p:ass word")
    /// `127.0.0.1:PORT`: the address that the certificate is for.
    let place: String
    /// The certificate, which is its own authority.
    let authorityFile: String

    struct Failed: Error {}

    static func serve(_ body: (ForeignTLSRegistry) async throws -> Void) async throws {
        var template = Array("/tmp/registry-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Failed() }
        let folder = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
        let root = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
        let script = """
            cd "$1" && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout key.pem -out certificate.pem -days 2 \
                -subj /CN=registry -addext subjectAltName=IP:127.0.0.1 2>openssl.log || exit 1
            exec python3 "$2/scripts/foreign_registry.py" "$3" "$4" certificate.pem key.pem 2>python.log
            """
        let words = ["bash", "-c", script, "registry", folder, root, credentials.name, credentials.password]
        let (pid, output) = try spawn(words)
        defer {
            kill(pid, SIGKILL)
            waitpid(pid, nil, 0)
            close(output)
            for file in ["key.pem", "certificate.pem", "openssl.log", "python.log"] { unlink(folder + "/" + file) }
            rmdir(folder)
        }
        let line = await OwnThread.blocking("registry") { firstLine(output) }
        guard line.hasPrefix("ready ") else { throw Failed() }
        try await body(ForeignTLSRegistry(place: String(line.dropFirst("ready ".count)), authorityFile: folder + "/certificate.pem"))
    }

    /// Starts a process; its id, and where its output is read.
    private static func spawn(_ words: [String]) throws -> (pid_t, Int32) {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0, fcntl(ends[0], F_SETFD, FD_CLOEXEC) == 0 else { throw Failed() }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        posix_spawn_file_actions_addclose(&actions, ends[1])
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        var pid = pid_t()
        let status = posix_spawnp(&pid, words[0], &actions, nil, &arguments, environ)
        posix_spawn_file_actions_destroy(&actions)
        for argument in arguments { free(argument) }
        close(ends[1])
        guard status == 0 else {
            close(ends[0])
            throw Failed()
        }
        return (pid, ends[0])
    }

    private static func firstLine(_ descriptor: Int32) -> String {
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while read(descriptor, &byte, 1) == 1, byte != UInt8(ascii: "\n") { line.append(byte) }
        return String(decoding: line, as: UTF8.self)
    }
}
