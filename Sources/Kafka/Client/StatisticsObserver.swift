/// Receives the library's statistics, parsed, on the client's own thread; another metrics system implements this.
public protocol StatisticsObserver: Sendable {
    /// Called once per `statisticsInterval`. Must not block.
    func observe(_ statistics: Statistics)
}
