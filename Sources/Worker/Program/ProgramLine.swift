import Core

/// What a program says on one line of its standard output.
enum ProgramLine: Equatable {
    case progress(Progress)
    /// JSON of the operation's part.
    case part([UInt8])
    /// Any JSON.
    case checkpoint([UInt8])
    /// JSON of the operation's response.
    case result([UInt8])
    case error(ProgramFailure)

    /// Reads one line: an object with exactly one of the known members.
    init(_ line: ArraySlice<UInt8>) throws(JSONScanner.Fault) {
        var scanner = JSONScanner(line)
        guard scanner.peek() == UInt8(ascii: "{") else { throw JSONScanner.Fault(detail: "no JSON object") }
        var parsed: ProgramLine?
        try scanner.object { (key, scanner) throws(JSONScanner.Fault) in
            guard parsed == nil else { throw JSONScanner.Fault(detail: "more than one member; \"\(key)\" is the second") }
            switch key {
            case "progress": parsed = .progress(try Self.progress(&scanner))
            case "part": parsed = .part(Array(try scanner.value()))
            case "checkpoint": parsed = .checkpoint(Array(try scanner.value()))
            case "result": parsed = .result(Array(try scanner.value()))
            case "error": parsed = .error(try ProgramFailure(&scanner))
            default: throw JSONScanner.Fault(detail: "\"\(key)\" is none of progress, part, checkpoint, result, error")
            }
        }
        try scanner.end()
        guard let parsed else { throw JSONScanner.Fault(detail: "an object without a member") }
        self = parsed
    }

    /// An object whose members are all optional, or a bare number: the fraction.
    private static func progress(_ scanner: inout JSONScanner) throws(JSONScanner.Fault) -> Progress {
        var progress = Progress()
        guard scanner.peek() == UInt8(ascii: "{") else {
            progress.fraction = try scanner.double()
            return progress
        }
        try scanner.object { (key, scanner) throws(JSONScanner.Fault) in
            switch key {
            case "fraction": if try !scanner.null() { progress.fraction = try scanner.double() }
            case "message": if try !scanner.null() { progress.message = try scanner.string() }
            case "completed": if try !scanner.null() { progress.completed = try scanner.integer() }
            case "total": if try !scanner.null() { progress.total = try scanner.integer() }
            case "unit": if try !scanner.null() { progress.unit = try scanner.string() }
            default: throw JSONScanner.Fault(detail: "\"\(key)\" is no member of progress")
            }
        }
        return progress
    }
}
