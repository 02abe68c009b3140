/// Whether a scan goes on.
public enum Step: Sendable {
    /// To the next row.
    case next
    /// No further.
    case stop
}
