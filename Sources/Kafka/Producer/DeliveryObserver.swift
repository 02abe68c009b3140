/// Receives the outcomes of `Producer.enqueue`.
public protocol DeliveryObserver: Sendable {
    /// Called on the producer's one poll thread, once per poll, in the order of the reports. Must not block: the next reports wait
    /// behind it. `enqueue` may be called from here.
    func delivered(_ reports: [DeliveryReport])
}
