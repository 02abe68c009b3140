extension Duration {
    /// Whole milliseconds as C takes them, between 0 and Int32.max.
    var milliseconds: Int32 {
        let (seconds, attoseconds) = components
        let value = seconds.multipliedReportingOverflow(by: 1000)
        if value.overflow { return seconds < 0 ? 0 : .max }
        return Int32(clamping: max(0, value.partialValue + attoseconds / 1_000_000_000_000_000))
    }
}
