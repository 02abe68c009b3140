internal import Telemetry

/// What the correlator counts.
struct CorrelatorMetrics: Sendable {
    let eventsFolded: Counter
    let jobsFinal: Counter
    let recordsMisplaced: Counter
    let recordsSetAside: Counter
    let decisions: Counter
    let publications: Counter
    let commits: Counter
    let commitTime: Histogram
    let rests: Counter
    let givenUp: Counter
    let jobsInMemory: Gauge
    let partitionsOwned: Gauge

    init(_ metrics: Metrics) {
        eventsFolded = metrics.counter("rejoinder_events_folded_total", help: "Records folded into jobs.")
        jobsFinal = metrics.counter("rejoinder_jobs_final_total", help: "Jobs that reached a final state.")
        recordsMisplaced = metrics.counter(
            "rejoinder_records_misplaced_total", help: "Requests found in a wrong partition and published again.")
        recordsSetAside = metrics.counter(
            "rejoinder_records_set_aside_total", help: "Records that could not be decoded and were passed over.")
        decisions = metrics.counter("rejoinder_decisions_total", help: "Events that the correlator appended.")
        publications = metrics.counter("rejoinder_publications_total", help: "Requests that the correlator published as another attempt.")
        commits = metrics.counter("rejoinder_store_commits_total", help: "Commits of the job store.")
        commitTime = metrics.histogram("rejoinder_store_commit_seconds", help: "Time of one commit of the job store.")
        rests = metrics.counter(
            "rejoinder_catch_up_rests_total",
            help: "Times that a topic rested during a fold from nothing, for it was ahead of its counterpart.")
        givenUp = metrics.counter("rejoinder_partitions_given_up_total", help: "Partitions given up because the loop or Kafka stood still.")
        jobsInMemory = metrics.gauge("rejoinder_jobs_in_memory", help: "Jobs that the correlator's loop holds in memory.")
        partitionsOwned = metrics.gauge("rejoinder_partitions_owned", help: "Partitions that this node owns.")
    }
}
