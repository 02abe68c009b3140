import Glibc

/// Where a container's bytes come from: a file, memory, or a function.
struct ContainerSource: ~Copyable {
    private enum Origin {
        case file(Int32)
        case memory
        case function((Int) throws(AvroError) -> [UInt8])
    }

    private let origin: Origin
    private var buffer: [UInt8]
    private var position = 0
    /// The bytes taken so far: the place in the file.
    private(set) var offset = 0
    /// The size of the whole, where it is known.
    let size: Int?

    init(path: String) throws(AvroError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw AvroError(.io, operation: "open container", detail: "\(path): \(String(cString: strerror(errno)))", disposition: .fatal)
        }
        var status = stat()
        size = fstat(descriptor, &status) == 0 ? Int(status.st_size) : nil
        origin = .file(descriptor)
        buffer = []
    }

    init(bytes: [UInt8]) {
        origin = .memory
        buffer = bytes
        size = bytes.count
    }

    init(_ function: @escaping (Int) throws(AvroError) -> [UInt8]) {
        origin = .function(function)
        buffer = []
        size = nil
    }

    deinit {
        if case .file(let descriptor) = origin { close(descriptor) }
    }

    /// Has at least `count` bytes ready, or all that there are. Asks for no more than 256 KiB at once, so that a length that lies costs nothing.
    mutating func fill(_ count: Int) throws(AvroError) -> Int {
        while buffer.count - position < count {
            if case .memory = origin { break }
            if position > 0 {
                buffer.removeFirst(position)
                position = 0
            }
            let more = try read(min(max(count - buffer.count, 65_536), 262_144))
            if more.isEmpty { break }
            buffer += more
        }
        return buffer.count - position
    }

    private func read(_ count: Int) throws(AvroError) -> [UInt8] {
        switch origin {
        case .memory: return []
        case .function(let function): return try function(count)
        case .file(let descriptor):
            var chunk = [UInt8](repeating: 0, count: count)
            while true {
                let taken = Glibc.read(descriptor, &chunk, count)
                if taken >= 0 {
                    chunk.removeLast(count - taken)
                    return chunk
                }
                guard errno == EINTR else {
                    throw AvroError(
                        .io, operation: "read container", detail: String(cString: strerror(errno)), offset: offset, disposition: .fatal)
                }
            }
        }
    }

    /// The bytes that are ready.
    var ready: ArraySlice<UInt8> { buffer[position...] }

    mutating func take(_ count: Int) -> ArraySlice<UInt8> {
        defer {
            position += count
            offset += count
        }
        return buffer[position..<(position + count)]
    }

    /// A byte, or nil at the end.
    mutating func byte() throws(AvroError) -> UInt8? {
        if position == buffer.count, try fill(1) == 0 { return nil }
        defer {
            position += 1
            offset += 1
        }
        return buffer[position]
    }
}

extension AvroError.Code {
    /// A file that cannot be opened, read or written.
    public static let io = AvroError.Code("io")
    /// A container file that is broken, or not one.
    public static let container = AvroError.Code("container")
    /// A codec that is unknown here.
    public static let codecUnknown = AvroError.Code("codec-unknown")
    /// A block whose packed bytes are damaged.
    public static let blockDamaged = AvroError.Code("block-damaged")
    /// A container's header, block or unpacked block above its limit.
    public static let blockMax = AvroError.Code("block-max")
}
