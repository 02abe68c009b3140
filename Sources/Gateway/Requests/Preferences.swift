/// The preferences of RFC 7240 that the interface honours: `respond-async` and `wait=N`.
struct Preferences: Equatable {
    /// Seconds a client is ready to wait, cut to `waitMax`; nil when it named none.
    var wait: Int?
    var respondAsync = false

    static let waitMax = 60

    /// Unknown preferences are ignored, as the RFC has it; of a preference given twice the first counts.
    init(_ headers: [String]) {
        for header in headers {
            for part in header.split(separator: ",") {
                let preference = part.split(separator: ";", maxSplits: 1, omittingEmptySubsequences: false)[0]
                let pair = preference.split(separator: "=", maxSplits: 1).map { Self.trimmed($0) }
                switch pair.first?.lowercased() {
                case "respond-async": respondAsync = true
                case "wait" where wait == nil && pair.count == 2:
                    if let seconds = Int(pair[1]), seconds >= 0 { wait = min(seconds, Self.waitMax) }
                default: break
                }
            }
        }
    }

    /// The value of `Preference-Applied`, nil when nothing was.
    var applied: String? {
        switch (respondAsync, wait) {
        case (true, let wait?): "respond-async, wait=\(wait)"
        case (true, nil): "respond-async"
        case (false, let wait?): "wait=\(wait)"
        case (false, nil): nil
        }
    }

    private static func trimmed(_ text: Substring) -> String {
        let space: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\"" }
        return String(text.drop(while: space).reversed().drop(while: space).reversed())
    }
}
