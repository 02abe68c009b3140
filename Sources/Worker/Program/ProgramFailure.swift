/// The failure that a program says it has.
struct ProgramFailure: Equatable {
    var code = "failed"
    var message = ""
    var retryable = false
    /// JSON; nil when there is none.
    var details: [UInt8]?

    init(_ scanner: inout JSONScanner) throws(JSONScanner.Fault) {
        guard scanner.peek() == UInt8(ascii: "{") else { throw JSONScanner.Fault(detail: "\"error\" is no object") }
        var failure = (code: "failed", message: "", retryable: false, details: [UInt8]?.none)
        try scanner.object { (key, scanner) throws(JSONScanner.Fault) in
            switch key {
            case "code": if try !scanner.null() { failure.code = try scanner.string() }
            case "message": if try !scanner.null() { failure.message = try scanner.string() }
            case "retryable": if try !scanner.null() { failure.retryable = try scanner.boolean() }
            case "details": if try !scanner.null() { failure.details = Array(try scanner.value()) }
            default: throw JSONScanner.Fault(detail: "\"\(key)\" is no member of error")
            }
        }
        (code, message, retryable, details) = failure
    }
}
