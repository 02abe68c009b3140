import Avro
import Client
import CommandLine

/// `rejoinder jobs`
enum JobsCommand {
    private static let filters = ["operation", "status", "tenant", "since", "until", "limit", "cursor"]

    static let command = Command(
        "jobs", summary: "Lists jobs, newest first.",
        options: [
            Option("operation", value: .one("NAME"), help: "Only jobs of this operation.", environment: []),
            Option("status", value: .one("STATUS"), help: "Only jobs in this status.", environment: []),
            Option("tenant", value: .one("NAME"), help: "Only jobs of this tenant.", environment: []),
            Option("since", value: .one("TIME"), help: "Only jobs created at or after this time.", environment: []),
            Option("until", value: .one("TIME"), help: "Only jobs created before this time.", environment: []),
            Option("limit", value: .one("N"), help: "How many, 1 to 500.", fallback: "50", environment: []),
            Option("cursor", value: .one("TEXT"), help: "Where the page before ended.", environment: []),
        ],
        run: { arguments in
            await Clients.run(arguments) { settings, api in
                let query = filters.compactMap { name in arguments[name].map { "\(name)=\(escaped($0))" } }
                let page = try await api.get("/jobs?" + query.joined(separator: "&")).json
                if Clients.isJSON(settings) {
                    Clients.print(page)
                } else {
                    Terminal.output.write(JobTable.rows(page["jobs"]?.array ?? []))
                    if let cursor = page["nextCursor"]?.string { Terminal.error.write("There are more: --cursor \(cursor)\n") }
                }
                return 0
            }
        })

    /// Percent-encoded for a query (RFC 3986, 2.3).
    static func escaped(_ text: String) -> String {
        var out = ""
        for byte in text.utf8 {
            let isPlain =
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || [45, 46, 95, 126].contains(byte)
            if isPlain {
                out.append(Character(UnicodeScalar(byte)))
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                out += "%" + (digits.count < 2 ? "0" : "") + digits
            }
        }
        return out
    }
}
