internal import CLMDB
internal import Glibc

extension MDB_val {
    /// The bytes it points to; good as long as the transaction.
    var buffer: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: mv_data, count: mv_size) }

    /// `memcmp`, then the shorter first: LMDB's order.
    func compare(_ other: [UInt8]) -> Int {
        let order = other.withUnsafeBytes { bytes in
            guard let mine = mv_data, let theirs = bytes.baseAddress else { return 0 }
            return Int(memcmp(mine, theirs, min(mv_size, bytes.count)))
        }
        return order != 0 ? order : mv_size - other.count
    }

    /// Whether a lower bound lets it in.
    func isAbove(_ bound: KeyRange.Bound) -> Bool {
        switch bound {
        case .none: true
        case .including(let key): compare(key) >= 0
        case .excluding(let key): compare(key) > 0
        }
    }

    /// Whether an upper bound lets it in.
    func isBelow(_ bound: KeyRange.Bound) -> Bool {
        switch bound {
        case .none: true
        case .including(let key): compare(key) <= 0
        case .excluding(let key): compare(key) < 0
        }
    }
}

extension RawSpan {
    /// Lends the bytes to a call of LMDB, which does not change what an input points to.
    func withVal(_ body: (inout MDB_val) -> Int32) -> Int32 {
        withUnsafeBytes { bytes in
            var value = MDB_val(mv_size: bytes.count, mv_data: UnsafeMutableRawPointer(mutating: bytes.baseAddress))
            return body(&value)
        }
    }
}
