import Core
import Testing

@testable import Gateway

@Suite struct ProblemTests {
    @Test func everyMember() {
        var problem = Problem(422, "Request does not fit", "Two \"faults\".")
        problem.requestID = "id"
        problem.faults = [Problem.Fault(pointer: "/a~1b", detail: "missing"), Problem.Fault(pointer: "", detail: "x")]
        #expect(
            String(decoding: problem.json(instance: "/requests/a"), as: UTF8.self)
                == #"{"type":"/problems/request-does-not-fit","title":"Request does not fit","status":422,"detail":"Two \"faults\".","instance":"/requests/a","requestId":"id","errors":[{"pointer":"/a~1b","detail":"missing"},{"pointer":"","detail":"x"}]}"#
        )
    }

    @Test func withoutFaultsAndID() {
        #expect(
            String(decoding: Problem.notFound("Nothing.").json(instance: "/x"), as: UTF8.self)
                == #"{"type":"/problems/not-found","title":"Not found","status":404,"detail":"Nothing.","instance":"/x"}"#)
    }

    @Test func whatMustBeSaidInHeaders() {
        #expect(Problem.unavailable("x", retryAfter: 7).headers.contains { $0 == ("Retry-After", "7") })
        #expect(Problem.notAllowed("PUT", .requests(operation: "a")).headers.contains { $0 == ("Allow", "POST") })
        #expect(Problem.unavailable("x") != Problem.unavailable("x", retryAfter: 2))
    }
}
