internal import Core

/// What a partition has only while it is folded from nothing, until it has caught up. Nothing of the store counts before the offsets are in
/// it, and they come with the commit at the end: a fold that is interrupted begins anew, also because only a whole one knows from
/// `rejoinder.jobs` what was purged and which effects were had.
struct FoldFromNothing {
    /// Which ids the store may have: a new id then costs no look into it.
    var storedIDs = IDFilter()
    /// Who writes the jobs that are over.
    let writer: FinishedWriter

    /// Whether the store may have the job; when it is on its way there, it has come when this returns.
    func mayHave(_ id: RequestID) -> Bool {
        guard storedIDs.mayContain(id) else { return false }
        writer.wait(for: id)
        return true
    }
}
