internal import Glibc

/// The file `state` beside the data: whether the store was closed well, and under which boot of the machine it was last open.
///
/// Commits are not synced. After kill -9 the kernel still has them; after a crash of the machine the file may be torn without a sign.
/// So: another boot and no clean close means that the store cannot be trusted. The mark is on the disk before the first commit.
struct Mark: Equatable {
    var isClosed: Bool
    var boot: String
    var layout: Int

    static let fileName = "state"

    /// The kernel's id of this boot; empty where there is none, which is equal to no other.
    static func currentBoot() -> String {
        (read("/proc/sys/kernel/random/boot_id") ?? "").filter { !$0.isWhitespace }
    }

    /// The mark in a folder; nil when there is none that can be read.
    init?(folder: String) {
        guard let text = Self.read(folder + "/" + Self.fileName) else { return nil }
        let words = text.split(whereSeparator: \.isWhitespace)
        guard words.count == 3, words[0] == "open" || words[0] == "closed", let layout = Int(words[2]) else { return nil }
        isClosed = words[0] == "closed"
        boot = String(words[1])
        self.layout = layout
    }

    init(isClosed: Bool, boot: String, layout: Int) {
        self.isClosed = isClosed
        self.boot = boot
        self.layout = layout
    }

    /// Why the store with this mark cannot be kept; nil when it can.
    func fault(boot: String, layout: Int) -> String? {
        if self.layout != layout { return "its layout is \(self.layout), this program's \(layout)" }
        if isClosed { return nil }
        if boot.isEmpty || boot != self.boot { return "the machine was started anew and the store had not been closed" }
        return nil
    }

    /// Replaces the mark in the folder; on the disk when it returns.
    func write(folder: String) throws(StoreError) {
        let path = folder + "/" + Self.fileName
        let file = open(path + ".new", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw StoreError(errno: errno, "mark the store", path: path) }
        let text = "\(isClosed ? "closed" : "open") \(boot.isEmpty ? "unknown" : boot) \(layout)\n"
        let written = Glibc.write(file, text, text.utf8.count)
        let synced = fsync(file)
        let code = errno
        close(file)
        guard written == text.utf8.count, synced == 0 else { throw StoreError(errno: code, "mark the store", path: path) }
        guard rename(path + ".new", path) == 0 else { throw StoreError(errno: errno, "mark the store", path: path) }
        let directory = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else { throw StoreError(errno: errno, "mark the store", path: folder) }
        defer { close(directory) }
        guard fsync(directory) == 0 else { throw StoreError(errno: errno, "mark the store", path: folder) }
    }

    private static func read(_ path: String) -> String? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 256)
        let count = Glibc.read(file, &bytes, bytes.count)
        return count > 0 ? String(decoding: bytes[..<count], as: UTF8.self) : nil
    }
}
