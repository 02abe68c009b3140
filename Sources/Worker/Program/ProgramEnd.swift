/// How a program ended.
struct ProgramEnd: Sendable, Equatable {
    /// The exit status, or minus the number of the signal that ended it.
    let status: Int
    /// The end of its standard error.
    let complaint: String

    var text: String {
        var text = status >= 0 ? "it ended with status \(status)" : "it was ended by signal \(-status)"
        if !complaint.isEmpty { text += "; standard error ends: \(complaint)" }
        return text
    }
}
