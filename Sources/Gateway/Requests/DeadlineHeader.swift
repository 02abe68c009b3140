import Core

/// `Rejoinder-Deadline`: an RFC 3339 time, or an ISO 8601 duration from now.
enum DeadlineHeader {
    static func parse(_ text: String, now: Timestamp) -> Timestamp? {
        if text.first == "P" {
            return ISODuration.milliseconds(text).map { Timestamp(milliseconds: now.milliseconds + $0) }
        }
        return Timestamp(rfc3339: text)
    }
}
