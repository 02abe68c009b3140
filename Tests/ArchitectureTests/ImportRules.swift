/// The target graph of DESIGN.md: what each target may import of ours and of C. What is not here is forbidden.
enum ImportRules {
    static let system: Set<String> = ["CRdKafka", "CAvro", "CCodecs", "CLMDB", "CMicroHTTPD", "CWslay", "CCurl", "COpenSSL", "CSys"]

    static let allowed: [String: Set<String>] = [
        "Telemetry": ["CSys"],
        "CommandLine": ["CSys"],
        "Core": [],
        "Kafka": ["CRdKafka", "Telemetry"],
        "KafkaTesting": ["CRdKafka", "Kafka", "Telemetry"],
        "Avro": ["CAvro", "CCodecs", "Telemetry"],
        "Store": ["CLMDB", "CSys", "Telemetry"],
        "HTTPServer": ["CMicroHTTPD", "CWslay", "CSys", "Telemetry"],
        "HTTPClient": ["CCurl", "Telemetry"],
        "Signing": ["COpenSSL"],
        "Events": ["Avro", "Core", "Telemetry"],
        "Correlator": ["Kafka", "Avro", "Store", "Events", "Core", "Telemetry"],
        "Gateway": ["Kafka", "Avro", "Events", "Core", "HTTPServer", "HTTPClient", "Signing", "Telemetry"],
        "Worker": ["Kafka", "Avro", "Events", "Core", "CSys", "Telemetry"],
        "Client": ["Kafka", "Avro", "Events", "Core", "HTTPClient", "Telemetry"],
        "rejoinder": [
            "CommandLine", "Telemetry", "Core", "Avro", "Events", "Kafka", "KafkaTesting", "Store", "HTTPServer", "HTTPClient", "Signing",
            "Correlator", "Gateway", "Worker", "Client", "CSys",
        ],
    ]

    /// Of the toolchain. Core takes none of them.
    static let toolchain: Set<String> = ["Glibc", "Synchronization", "FoundationEssentials", "Dispatch"]

    /// The modules that a file imports.
    static func imports(of text: String) -> [String] {
        text.split(separator: "\n").compactMap { line in
            var words = line.split(separator: " ")
            while let first = words.first,
                first.hasPrefix("@") || ["public", "package", "internal", "fileprivate", "private"].contains(first)
            {
                words.removeFirst()
            }
            guard words.first == "import", words.count > 1 else { return nil }
            let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
            let module = kinds.contains(words[1]) && words.count > 2 ? words[2] : words[1]
            return module.split(separator: ".").first.map(String.init)
        }
    }

    /// What is wrong with a file's imports, in words.
    static func faults(target: String, text: String) -> [String] {
        guard let allowed = allowed[target] else { return ["the target '\(target)' is not in the table"] }
        return imports(of: text).compactMap { module in
            if allowed.contains(module) || module == target { return nil }
            if Self.toolchain.contains(module), target != "Core" { return nil }
            return "'\(target)' may not import '\(module)'"
        }
    }
}
