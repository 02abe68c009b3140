import Avro
import Core
import Events
import Kafka

import Telemetry

/// The events of takes: sent in order, settled by their reports.
extension OperationRunner {
    /// Sends an event of a running take; false when the take has ended.
    @discardableResult
    func emit(_ take: Take, _ event: Event) -> Bool {
        let (isTaken, sends) = take.state.withLock { state -> (Bool, Bool) in
            guard !state.hasEnded else { return (false, false) }
            return (true, state.add(Take.Outgoing(kind: .between, event: event)))
        }
        if sends { drainOutbox(take) }
        return isTaken
    }

    /// Sends the event that ends a take, behind the last progress; false when it has ended before.
    func finish(_ take: Take, _ event: Event) -> Bool {
        let sends = take.state.withLock { state -> Bool? in
            guard !state.hasEnded else { return nil }
            state.phase = .ended
            var sends = false
            if let progress = state.gate.flush() { sends = state.add(Take.Outgoing(kind: .between, event: .progress(progress))) }
            let adds = state.add(Take.Outgoing(kind: .end, event: event))
            return sends || adds
        }
        guard let sends else { return false }
        if sends { drainOutbox(take) }
        state.withLock { $0.open[take.number] = nil }
        return true
    }

    /// Sends until the outbox is empty. One thread at a time is here for a take.
    private func drainOutbox(_ take: Take) {
        var writer = AvroWriter(capacity: 1_024)
        let key = take.id.textBytes
        while let (outgoing, sequence) = take.state.withLock({ $0.next() }) {
            writer.removeAll()
            writer.writeEvent(take.head, sequence: sequence, time: WallClock.now, outgoing.event)
            let token = state.withLock { state in
                state.pending.open(
                    PendingTable.Entry(
                        kind: outgoing.kind, partition: take.partition, attempt: Int32(clamping: take.attempt), epoch: 0, ticket: 0,
                        id: take.id,
                        number: take.number, sequence: sequence))
            }
            send(writer.span, key: key.span.bytes, partition: take.partition, headers: take.headers, token: token)
        }
    }

    /// The reports of this runner's records, on the producer's thread: nothing here waits.
    func settle(_ reports: [DeliveryReport]) {
        var troubles: [(PendingTable.Entry, KafkaError)] = []
        state.withLock { state in
            for report in reports where report.token >> Self.tokenBits == index {
                let entry = state.pending.close(Int(report.token & (1 << Self.tokenBits - 1)))
                if entry.kind == .started { state.startsPending -= 1 }
                switch report.outcome {
                case .failed(let error): troubles.append((entry, error))
                case .delivered:
                    guard entry.kind == .started else { continue }
                    state.settle(partition: entry.partition, ticket: entry.ticket, epoch: entry.epoch)
                    if !state.open.isEmpty { state.open[entry.number]?.isAcknowledged = true }
                }
            }
        }
        for (entry, error) in troubles { trouble(entry, error) }
    }

    /// A record that the producer refused at once.
    func refused(_ token: Int, _ error: KafkaError) {
        let entry = state.withLock { state in
            let entry = state.pending.close(token)
            if entry.kind == .started { state.startsPending -= 1 }
            return entry
        }
        trouble(entry, error)
    }

    private func trouble(_ entry: PendingTable.Entry, _ error: KafkaError) {
        guard error.code != .closed else { return }
        let isTooLarge = error.code == .tooLarge
        switch entry.kind {
        case .started:
            // Every wait for Kafka is the producer's; what it gives back is refused for good, and without it no offset may be committed.
            failed(WorkerError(.kafka, operation: "send started to \(responses.name)", detail: error.description))
        case .between:
            logger.error("an event was not taken: \(error)", ["requestId": entry.id.text, "sequence": entry.sequence])
            let take = state.withLock { $0.open[entry.number]?.take }
            if let take, isTooLarge, finish(take, .failed(codec.tooLargeForTopic)) { take.abort() }
        case .end:
            logger.error("the end of an attempt was not taken: \(error)", ["requestId": entry.id.text, "attempt": entry.attempt])
            let event: Event =
                isTooLarge ? .failed(codec.tooLargeForTopic) : .released(reason: "its answer could not be sent: \(error.code.name)")
            state.withLock { state in
                state.resends.append(
                    RunnerState.Resend(
                        due: isTooLarge ? .now : .now + .seconds(1), id: entry.id, attempt: Int(entry.attempt), number: entry.number,
                        partition: entry.partition, sequence: entry.sequence + 1, event: event))
            }
        }
    }

    /// Sends what is due again.
    func resend(_ resend: RunnerState.Resend) {
        let head = ResponseHead(
            schema: operation.responseEnvelope.id, id: resend.id, attempt: resend.attempt, source: outlet.source(resend.number))
        var writer = AvroWriter(capacity: 512)
        writer.writeEvent(head, sequence: resend.sequence, time: WallClock.now, resend.event)
        let token = state.withLock { state in
            state.pending.open(
                PendingTable.Entry(
                    kind: .end, partition: resend.partition, attempt: Int32(clamping: resend.attempt), epoch: 0, ticket: 0, id: resend.id,
                    number: resend.number, sequence: resend.sequence))
        }
        let key = resend.id.textBytes
        send(writer.span, key: key.span.bytes, partition: resend.partition, headers: [], token: token)
    }
}

extension Take.State {
    /// True when the caller must send.
    mutating func add(_ outgoing: Take.Outgoing) -> Bool {
        outbox.append(outgoing)
        defer { isSending = true }
        return !isSending
    }

    mutating func next() -> (Take.Outgoing, Int64)? {
        guard !outbox.isEmpty else {
            isSending = false
            return nil
        }
        sequence += 1
        return (outbox.removeFirst(), sequence)
    }
}
