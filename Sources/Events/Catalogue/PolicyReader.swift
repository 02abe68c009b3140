import Avro
import Core

/// Reads the attribute `policy` of a message. What is left out has its default; what is unknown is a fault, since a misspelt limit would be none.
struct PolicyReader {
    private(set) var faults: [(place: String, detail: String)] = []
    private let place: String

    init(at place: String) { self.place = place }

    mutating func read(_ json: JSONValue) -> Policy {
        var policy = Policy.standard
        guard let members = json.members else {
            faults.append((place, "a policy is an object, not \(json.kindName)"))
            return policy
        }
        for member in members {
            switch member.name {
            case "deadline": policy.deadline = member.value == .null ? nil : duration(member, least: 1)
            case "attempts": policy.attempts = integer(member, 1...1_000_000) ?? policy.attempts
            case "losses": policy.losses = integer(member, 1...1_000_000) ?? policy.losses
            case "backoff": policy.backoff = backoff(member.value, policy.backoff)
            case "lease": policy.lease = duration(member, least: 1000) ?? policy.lease
            case "retention": policy.retention = duration(member, least: 1) ?? policy.retention
            case "concurrency": policy.concurrency = member.value == .null ? nil : integer(member, 1...100_000)
            case "grace": policy.grace = duration(member, least: 0) ?? policy.grace
            default:
                fault(
                    member.name,
                    "a policy has no '\(member.name)'; it has deadline, attempts, losses, backoff, lease, retention, concurrency and grace")
            }
        }
        return policy
    }

    private mutating func backoff(_ json: JSONValue, _ standard: Backoff) -> Backoff {
        var backoff = standard
        guard let members = json.members else {
            fault("backoff", "a backoff is an object, not \(json.kindName)")
            return backoff
        }
        for member in members {
            let inner = JSONValue.Member("backoff/" + member.name, member.value)
            switch member.name {
            case "first": backoff.first = duration(inner, least: 0) ?? backoff.first
            case "factor": backoff.factor = number(inner, 1...1000) ?? backoff.factor
            case "max": backoff.max = duration(inner, least: 0) ?? backoff.max
            case "jitter": backoff.jitter = number(inner, 0...1) ?? backoff.jitter
            default: fault(inner.name, "a backoff has no '\(member.name)'; it has first, factor, max and jitter")
            }
        }
        return backoff
    }

    private mutating func duration(_ member: JSONValue.Member, least: Int64) -> Duration? {
        guard let text = member.value.string, let milliseconds = ISODuration.milliseconds(text) else {
            fault(member.name, "a duration is text such as \"PT10S\" or \"P7D\", not \(member.value.text)")
            return nil
        }
        guard milliseconds >= least else {
            fault(member.name, "\(text) is shorter than \(ISODuration.text(milliseconds: least))")
            return nil
        }
        return .milliseconds(milliseconds)
    }

    private mutating func integer(_ member: JSONValue.Member, _ range: ClosedRange<Int64>) -> Int? {
        guard let value = member.value.integer, range.contains(value) else {
            fault(member.name, "a whole number from \(range.lowerBound) to \(range.upperBound), not \(member.value.text)")
            return nil
        }
        return Int(value)
    }

    private mutating func number(_ member: JSONValue.Member, _ range: ClosedRange<Double>) -> Double? {
        guard let value = member.value.double, range.contains(value) else {
            fault(member.name, "a number from \(range.lowerBound) to \(range.upperBound), not \(member.value.text)")
            return nil
        }
        return value
    }

    private mutating func fault(_ name: String, _ detail: String) { faults.append((place + "/" + name, detail)) }
}
