import CSys
import Glibc

/// What a file descriptor is connected to, for progress bars, colour and the width of the help.
public struct Terminal: Sendable {
    public let descriptor: Int32

    public init(descriptor: Int32) { self.descriptor = descriptor }

    public static let output = Terminal(descriptor: 1)
    public static let error = Terminal(descriptor: 2)

    public var isTerminal: Bool { isatty(descriptor) == 1 }

    /// Columns: of the terminal, at most 100; 80 when there is none.
    public var width: Int {
        let columns = Int(csys_terminal_columns(descriptor))
        return columns > 0 ? min(columns, 100) : 80
    }

    /// Whether colour is wanted: a terminal that has it, and NO_COLOR (no-color.org) unset or empty.
    public func wantsColour(environment: [String: String]) -> Bool {
        isTerminal && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
    }

    /// Writes all of it; what a closed pipe does not take is dropped.
    public func write(_ text: String) { write(Array(text.utf8)) }

    public func write(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { return }
            rest = rest.dropFirst(written)
        }
    }
}
