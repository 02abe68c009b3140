/// One start of a program: what it is given and who hears from it.
struct ProgramLaunch: Sendable {
    /// The program (looked up in PATH unless it has a slash) and its arguments.
    let command: [String]
    /// Added to our own environment.
    let environment: [(name: String, value: String)]
    /// Its whole standard input.
    let input: [UInt8]
    /// Between SIGTERM and SIGKILL.
    let grace: Duration
    /// Called on the programs' thread for each line of standard output; false: nothing more is wanted, the program is ended.
    let line: @Sendable (ArraySlice<UInt8>) -> Bool
    /// Called on the programs' thread for each line of standard error.
    let complaint: @Sendable (ArraySlice<UInt8>) -> Void
}
