import Glibc

/// Counts what a decoder holds and how long it works, and stops the run, naming seed and input, when that is too much.
///
/// Under a sanitizer its allocator tells of every block; without one nothing is counted. One thread uses it, so its state is plain.
enum FuzzMeter {
    /// CPU time that an input may take: 50 ms, and what the address sanitizer makes of it.
    nonisolated(unsafe) static var nanosecondsMax: Int64 = 50_000_000
    nonisolated(unsafe) static var seed: UInt64 = 0
    nonisolated(unsafe) static var isCounting = false
    /// By kind: the slowest call, and the largest share of its bound of memory, in percent.
    nonisolated(unsafe) static var slowest: [FuzzKind: Int64] = [:]
    nonisolated(unsafe) static var fullest: [FuzzKind: Int] = [:]

    private nonisolated(unsafe) static let input = UnsafeMutablePointer<UInt8>.allocate(capacity: 1 << 17)
    private nonisolated(unsafe) static var inputCount = 0
    private nonisolated(unsafe) static var held = 0
    private nonisolated(unsafe) static var base = 0
    private nonisolated(unsafe) static var peak = 0
    private nonisolated(unsafe) static var start: Int64 = 0
    private nonisolated(unsafe) static var sizeOf: (@convention(c) (UnsafeRawPointer?) -> Int)?

    static let watch = FuzzWatch(
        input: { bytes in
            inputCount = min(bytes.count, 1 << 17)
            bytes.withUnsafeBufferPointer { if let start = $0.baseAddress { input.update(from: start, count: inputCount) } }
        },
        begin: {
            base = held
            peak = held
            start = now()
        },
        end: { kind, count in
            let took = now() - start
            let used = max(peak, held) - base, most = kind.memoryMax(count)
            if took > slowest[kind, default: 0] { slowest[kind] = took }
            if used * 100 / most > fullest[kind, default: 0] { fullest[kind] = used * 100 / most }
            // What an error's text takes comes on top.
            if used > most + 32_768 { fail("\(kind) of \(count) bytes held \(used) bytes, the most is \(most)") }
            if took > nanosecondsMax { fail("\(kind) of \(count) bytes took \(took / 1_000) µs of CPU time") }
        })

    private static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    private static func fail(_ reason: String) -> Never {
        print("FAILED: \(reason)")
        fflush(nil)
        tell()
        _exit(1)
    }

    /// Says which input it was; also from a signal, so nothing here allocates.
    private static func tell() {
        fflush(nil)
        var line: [4 of UInt8] = [0, 0, 0, 10]
        let digits: StaticString = "0123456789abcdef"
        func write(_ count: Int) { _ = Glibc.write(2, &line, count) }
        _ = Glibc.write(2, "input ", 6)
        for index in 0..<inputCount {
            line[0] = digits.utf8Start[Int(input[index] >> 4)]
            line[1] = digits.utf8Start[Int(input[index] & 15)]
            write(2)
        }
        line[0] = 10
        write(1)
        _ = Glibc.write(2, "seed ", 5)
        var divisor: UInt64 = 10_000_000_000_000_000_000
        while divisor > 0 {
            line[0] = UInt8(48 + seed / divisor % 10)
            write(1)
            divisor /= 10
        }
        line[0] = 10
        write(1)
    }

    /// Hooks into the sanitizer's allocator, and into whatever ends the process.
    static func install() {
        for number in [SIGILL, SIGTRAP, SIGABRT] {
            signal(number) { number in
                FuzzMeter.tell()
                signal(number, SIG_DFL)
                raise(number)
            }
        }
        guard let size = dlsym(nil, "__sanitizer_get_allocated_size"), let hooks = dlsym(nil, "__sanitizer_install_malloc_and_free_hooks")
        else { return }
        if let death = dlsym(nil, "__sanitizer_set_death_callback") {
            unsafeBitCast(death, to: (@convention(c) (@convention(c) () -> Void) -> Void).self)({ FuzzMeter.tell() })
        }
        sizeOf = unsafeBitCast(size, to: (@convention(c) (UnsafeRawPointer?) -> Int).self)
        typealias Install =
            @convention(c) (
                @convention(c) (UnsafeRawPointer?, Int) -> Void, @convention(c) (UnsafeRawPointer?) -> Void
            ) -> Int32
        isCounting =
            unsafeBitCast(hooks, to: Install.self)(
                { _, size in
                    // A block that is moved is held once: the next call of the allocator counts, not the time between new and old.
                    FuzzMeter.peak = max(FuzzMeter.peak, FuzzMeter.held)
                    FuzzMeter.held += size
                }, { block in FuzzMeter.held -= FuzzMeter.sizeOf?(block) ?? 0 }) > 0
        nanosecondsMax *= 6
    }
}
