/// A consumer's records, batch by batch, for one reader at a time. Ends when the consumer closes or the reading task is cancelled.
public struct Batches: AsyncSequence, Sendable {
    /// What `for await` uses.
    public struct AsyncIterator: AsyncIteratorProtocol {
        let feed: ConsumerFeed

        /// The next batch with records, ends or changes of the assignment. Cancellation ends the wait and loses nothing.
        public mutating func next(isolation actor: isolated (any Actor)? = #isolation) async throws(KafkaError) -> ConsumerBatch? {
            try await feed.next()
        }

        /// As above.
        public mutating func next() async throws(KafkaError) -> ConsumerBatch? { try await feed.next() }
    }

    let consumer: Consumer

    /// Starts the feeding thread, once.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(feed: consumer.startedFeed()) }
}
