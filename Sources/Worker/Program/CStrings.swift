import Glibc

/// Strings as C's null-terminated array of pointers, freed with this object.
final class CStrings {
    private var copies: [UnsafeMutablePointer<CChar>?]

    init(_ strings: [String]) {
        copies = strings.map { strdup($0) } + [nil]
    }

    deinit {
        for copy in copies { free(copy) }
    }

    var pointers: [UnsafePointer<CChar>?] { copies.map { $0.map { UnsafePointer($0) } } }
}
