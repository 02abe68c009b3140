import Core

/// The body of a `202`: what was accepted, and where to ask. All but the id is made once.
enum Acknowledgement {
    private static let beforeID = Array(#"{"requestId":""#.utf8)
    private static let beforeStatus = Array(
        (#"","status":"ACCEPTED","message":"The request is on Kafka. Ask for its status at the link.","#
            + #""links":{"status":"/status/"#).utf8)
    private static let beforeEvents = Array(#"","events":"/status/"#.utf8)
    private static let beforeCancel = Array(#"/events","cancel":"/status/"#.utf8)
    private static let end = Array(#"/cancel"}}"#.utf8)

    static func json(_ id: RequestID) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(384)
        bytes += beforeID
        id.appendText(to: &bytes)
        bytes += beforeStatus
        id.appendText(to: &bytes)
        bytes += beforeEvents
        id.appendText(to: &bytes)
        bytes += beforeCancel
        id.appendText(to: &bytes)
        bytes += end
        return bytes
    }
}
