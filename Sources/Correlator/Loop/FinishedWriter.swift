internal import Core
internal import Store
internal import Telemetry

/// Writes the finished jobs of folds from nothing on a thread of its own, one batch at a time, while the loop folds on: that is half of
/// the work, and nobody reads or decides yet. Used by the loop's thread only.
final class FinishedWriter {
    private let tables: JobTables
    private let policies: Policies
    private let requestRetention: Duration
    private let metrics: CorrelatorMetrics
    private var thread: OwnThread?
    /// What the thread writes. Let go of here, for the memory is of the loop's arena: freed by another thread it would hold up the loop's own
    /// allocations (half of its time was spent in waiting for that lock).
    private var batch: [FinishedJobs] = []
    private var pending: Set<RequestID> = []
    private let outcome = Outcome()

    private final class Outcome: Sendable {
        let error = Locked<StoreError?>(nil)
    }

    init(_ environment: Partition.Environment) {
        tables = environment.tables
        policies = environment.policies
        requestRetention = environment.timings.requestRetention
        metrics = environment.metrics
    }

    deinit { thread?.join() }

    /// Hands a batch over. To be called when the one before it is written: see `wait()`.
    func write(_ batch: [FinishedJobs]) {
        join()
        self.batch = batch
        for jobs in batch { pending.formUnion(jobs.entries.lazy.map { $0.job.id }) }
        let (tables, policies, requestRetention, metrics, outcome) = (tables, policies, requestRetention, metrics, outcome)
        let write: @Sendable () -> Void = {
            let began = ContinuousClock.now
            do throws(StoreError) {
                for jobs in batch { try jobs.write(to: tables, policies, requestRetention: requestRetention) }
            } catch {
                outcome.error.withLock { $0 = error }
            }
            metrics.commits.add()
            metrics.commitTime.observe(ContinuousClock.now - began)
        }
        do throws(ThreadRefused) {
            thread = try OwnThread("correlator-write", write)
        } catch {
            write()
        }
    }

    /// Waits until everything is written.
    func wait() throws(StoreError) {
        join()
        let error = outcome.error.withLock { error in
            defer { error = nil }
            return error
        }
        if let error { throw error }
    }

    /// Waits until a job is written, if it is among those that are. What went wrong is thrown by the next `wait()`.
    func wait(for id: RequestID) {
        if pending.contains(id) { join() }
    }

    private func join() {
        thread?.join()
        thread = nil
        batch = []
        pending = []
    }
}
