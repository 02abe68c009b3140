import Glibc

/// Times of many rounds, and how they are printed.
struct Figures {
    private(set) var milliseconds: [Double] = []

    mutating func add(_ time: Duration) { milliseconds.append(time / .milliseconds(1)) }

    /// `name p50 p99`
    func print(_ name: String) {
        let sorted = milliseconds.sorted()
        guard !sorted.isEmpty else { return }
        Swift.print(name, Self.rounded(sorted[sorted.count / 2]), Self.rounded(sorted[min(sorted.count * 99 / 100, sorted.count - 1)]))
    }

    static func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }
}

struct Trouble: Error, CustomStringConvertible {
    let description: String
}

/// Milliseconds since 1970.
func wallClock() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
}

/// A small file's text; empty when it cannot be read.
func text(ofFile path: String) -> String {
    guard let file = fopen(path, "r") else { return "" }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    bytes.removeLast(bytes.count - fread(&bytes, 1, bytes.count, file))
    return String(decoding: bytes, as: UTF8.self)
}
