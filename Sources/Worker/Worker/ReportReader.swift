import Kafka

import Telemetry

/// Hands the producer's reports to the runners whose records they are about.
final class ReportReader: DeliveryObserver {
    let runners = Locked<[OperationRunner]>([])

    func delivered(_ reports: [DeliveryReport]) {
        for runner in runners.withLock({ $0 }) { runner.settle(reports) }
    }
}
