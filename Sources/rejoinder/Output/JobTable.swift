import Avro
import CommandLine

/// Jobs as people read them on a terminal.
enum JobTable {
    static let final: Set<String> = ["COMPLETED", "FAILED", "CANCELLED", "EXPIRED"]

    static func isFinal(_ job: JSONValue) -> Bool { final.contains(job["status"]?.string ?? "") }

    /// One line a job.
    static func rows(_ jobs: [JSONValue]) -> String {
        var rows = [["REQUEST ID", "OPERATION", "STATUS", "ATTEMPT", "PROGRESS", "UPDATED"]]
        for job in jobs {
            rows.append([
                job["requestId"]?.string ?? "", job["operation"]?.string ?? "", job["status"]?.string ?? "",
                "\(job["attempt"]?.integer ?? 0)", progress(job),
                job["updatedAt"]?.string ?? "",
            ])
        }
        return Columns.text(rows)
    }

    /// All of one job, a line a field.
    static func details(_ job: JSONValue) -> String {
        var lines: [[String]] = []
        for member in job.members ?? [] where member.name != "links" && member.value != .null {
            switch member.name {
            case "progress": lines.append(["progress", progress(job)])
            case "error":
                lines.append(["error", "\(member.value["code"]?.string ?? ""): \(member.value["message"]?.string ?? "")"])
                for attempt in member.value["attempts"]?.array ?? [] {
                    lines.append([
                        "  attempt \(attempt["attempt"]?.integer ?? 0)",
                        "\(attempt["code"]?.string ?? ""): \(attempt["message"]?.string ?? "")",
                    ])
                }
            default: lines.append([member.name, member.value.string ?? member.value.text])
            }
        }
        return Columns.text(lines)
    }

    static func progress(_ job: JSONValue) -> String {
        guard let progress = job["progress"], progress != .null else { return "" }
        var parts: [String] = []
        if let fraction = progress["fraction"]?.double { parts.append("\(Int((fraction * 100).rounded())) %") }
        if let completed = progress["completed"]?.integer {
            let total = progress["total"]?.integer.map { " of \($0)" } ?? ""
            parts.append("\(completed)\(total) \(progress["unit"]?.string ?? "")")
        }
        if let message = progress["message"]?.string, !message.isEmpty { parts.append(message) }
        return parts.joined(separator: ", ")
    }
}

/// Text in columns, each as wide as its widest cell.
enum Columns {
    static func text(_ rows: [[String]]) -> String {
        var widths: [Int] = []
        for row in rows {
            for (index, cell) in row.enumerated() {
                if index == widths.count { widths.append(0) }
                widths[index] = max(widths[index], cell.count)
            }
        }
        var text = ""
        for row in rows {
            var line = ""
            for (index, cell) in row.enumerated() {
                line += cell
                if index < row.count - 1 { line += String(repeating: " ", count: widths[index] - cell.count + 2) }
            }
            while line.last == " " { line.removeLast() }
            text += line + "\n"
        }
        return text
    }
}
