internal import CSys

/// What was freed and the allocator still holds.
public enum SpareMemory {
    /// Gives it back to the system (glibc's `malloc_trim`), page by page in every arena. Other threads that allocate meanwhile wait, some
    /// tens of milliseconds for each gigabyte: for the end of something large, not for a hot path.
    public static func giveBack() { _ = malloc_trim(0) }
}
