import Core
import HTTPServer

/// The answers to `POST /requests/{operation}`.
enum AcceptanceAnswers {
    static func accepted(_ exchange: Exchange, retryAfter: Int) -> Response {
        var headers: [(name: String, value: String)] = []
        headers.reserveCapacity(6)
        headers.append(("Content-Type", Answers.json))
        headers.append(("Location", location(exchange)))
        headers.append(("Retry-After", String(retryAfter)))
        headers.append(("Cache-Control", "no-store"))
        append(exchange, to: &headers)
        return Response(status: 202, headers: headers, body: Acknowledgement.json(exchange.id))
    }

    static func append(_ exchange: Exchange, to headers: inout [(name: String, value: String)]) {
        if let applied = exchange.preferenceApplied { headers.append(("Preference-Applied", applied)) }
        if exchange.isReplay { headers.append(("Idempotent-Replayed", "true")) }
    }

    static func location(_ exchange: Exchange) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(128)
        bytes += "/status/".utf8
        exchange.id.appendText(to: &bytes)
        if let place = exchange.place {
            bytes += "?seen=".utf8
            bytes += place.operation.utf8
            bytes.append(UInt8(ascii: ":"))
            JSONWriter.appendDecimal(Int64(place.partition), to: &bytes)
            bytes.append(UInt8(ascii: ":"))
            JSONWriter.appendDecimal(place.offset, to: &bytes)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Nothing was sent: the client may try again, at once or elsewhere.
    static func notSent(_ exchange: Exchange, _ reason: String) -> Response {
        let problem = Problem.unavailable("The request was not sent: \(reason). Send it again.")
        return document(problem, exchange)
    }

    /// The record is on its way, and nobody knows yet whether Kafka has it.
    static func inFlight(_ exchange: Exchange) -> Response {
        var problem = Problem.unavailable(
            "Kafka has not acknowledged the request in time. It may have arrived: ask for its status, or send it again with the same Idempotency-Key."
        )
        problem.requestID = exchange.id.text
        return document(problem.with("Location", location(exchange)), exchange)
    }

    /// The record is on Kafka, but nobody could say yet whether it is the first of its id.
    static func notFolded(_ exchange: Exchange) -> Response {
        var problem = Problem.unavailable(
            "The request is on Kafka, but no correlator has folded it yet, so that it cannot be said whether its id was used before. "
                + "Ask for its status, or send it again with the same key.")
        problem.requestID = exchange.id.text
        return document(problem.with("Location", location(exchange)), exchange)
    }

    /// Time is over for who waits for more than the acknowledgement.
    static func late(_ exchange: Exchange) -> Response {
        exchange.end()
        guard exchange.place != nil else { return inFlight(exchange) }
        return exchange.isDecided ? accepted(exchange, retryAfter: 1) : notFolded(exchange)
    }

    static func otherBody(_ exchange: Exchange) -> Response {
        var problem = Problem(
            422, "Idempotency key reused", "The Idempotency-Key was used before with another body. Use a new key for a new request.")
        problem.requestID = exchange.id.text
        return document(problem, exchange)
    }

    static func idInUse(_ exchange: Exchange) -> Response {
        var problem = Problem(
            409, "Request id in use",
            "The id in Rejoinder-Request-Id was used before. Choose another, or use Idempotency-Key to send safely again.")
        problem.requestID = exchange.id.text
        return document(problem, exchange)
    }

    private static func document(_ problem: Problem, _ exchange: Exchange) -> Response {
        Response(
            status: problem.status,
            headers: [("Content-Type", "application/problem+json"), ("Cache-Control", "no-store")] + problem.headers,
            body: problem.json(instance: exchange.target))
    }
}
