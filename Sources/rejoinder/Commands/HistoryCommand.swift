import Avro
import Client
import CommandLine
import Core

/// `rejoinder history`: where the time of a job went, event by event.
enum HistoryCommand {
    static let command = Command(
        "history", summary: "Shows a job's events as a timeline.",
        details: "Each line has the time since the request, what happened, who said it, and where it lies in Kafka.",
        operands: [.init("ID", "The requestId of the acknowledgement.")],
        run: { arguments in
            await Clients.run(arguments) { settings, api in
                let history = try await api.get("/status/\(arguments.operands[0])/history").json
                Clients.isJSON(settings) ? Clients.print(history) : Terminal.output.write(timeline(history["events"]?.array ?? []))
                return 0
            }
        })

    static func timeline(_ events: [JSONValue]) -> String {
        var rows = [["SINCE START", "STEP", "ATTEMPT", "EVENT", "BY", "AT", "NOTE"]]
        let times = events.map { $0["time"]?.string.flatMap { Timestamp(rfc3339: $0)?.milliseconds } ?? 0 }
        for (index, event) in events.enumerated() {
            let step = index == 0 ? 0 : times[index] - times[index - 1]
            var note = event["note"]?.string ?? ""
            if event["counted"]?.boolean == false { note += note.isEmpty ? "changed nothing" : " (changed nothing)" }
            rows.append([
                seconds(times[index] - times[0]), index == 0 ? "" : "+" + seconds(step), "\(event["attempt"]?.integer ?? 0)",
                event["type"]?.string ?? "",
                event["producer"]?.string ?? "",
                "\(event["topic"]?.string ?? "") \(event["partition"]?.integer ?? 0):\(event["offset"]?.integer ?? 0)", note,
            ])
        }
        return Columns.text(rows) + summary(events, times)
    }

    /// How long the job was queued, running, and between attempts.
    private static func summary(_ events: [JSONValue], _ times: [Int64]) -> String {
        var spent: [(name: String, milliseconds: Int64)] = [("queued", 0), ("running", 0), ("waiting", 0), ("retrying", 0)]
        var phase = 0
        for (index, event) in events.enumerated() {
            if index > 0 { spent[phase].milliseconds += times[index] - times[index - 1] }
            guard event["counted"]?.boolean != false else { continue }
            switch event["type"]?.string {
            case "Started", "Progress", "Part", "Signalled": phase = 1
            case "Waiting": phase = 2
            case "RetryScheduled", "LeaseExpired", "Released", "Failed", "Reopened": phase = 3
            default: break
            }
        }
        return spent.filter { $0.milliseconds > 0 }.map { "\($0.name) \(seconds($0.milliseconds))" }.joined(separator: ", ") + "\n"
    }

    private static func seconds(_ milliseconds: Int64) -> String {
        let rest = String(1000 + abs(milliseconds) % 1000).dropFirst()
        return "\(milliseconds < 0 ? "-" : "")\(abs(milliseconds) / 1000).\(rest) s"
    }
}
