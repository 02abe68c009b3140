import CommandLine

/// The options that every command takes (3-command-line.md): the settings of a node, of a worker and of a client alike.
enum CommonOptions {
    static let all = [
        Option(
            "bootstrap-servers", value: .one("HOST:PORT,..."), help: "Kafka's brokers.",
            environment: ["REJOINDER_BOOTSTRAP_SERVERS", "KAFKA_BOOTSTRAP_SERVERS"]),
        Option("kafka", value: .many("KEY=VALUE"), help: "Any property of librdkafka."),
        Option("prefix", value: .one("TEXT"), help: "In front of every topic's name.", fallback: ""),
        Option("http", value: .one("ADDRESS:PORT"), help: "Where to listen; port 0 picks a free one.", fallback: "127.0.0.1:8080"),
        Option("data", value: .one("FOLDER"), help: "The job store.", fallback: ".rejoinder"),
        Option("schemas", value: .one("FOLDER"), help: "The operations: one Avro protocol (.avpr) a service.", fallback: "schemas"),
        Option(
            "files", value: .many("FOLDER"),
            help: "What demo workers may read; results are left in the first, from where /files serves them."),
        Option("node", value: .one("NAME"), help: "This node's name; the default is the host's name and the data folder."),
        Option("advertise", value: .one("ADDRESS:PORT"), help: "Where other nodes reach this one; the default is --http."),
        Option("node-secret", value: .one("TEXT"), help: "What nodes show each other. Better in the environment than on the command line."),
        Option("registry", value: .one("URL"), help: "A schema registry with Confluent's REST interface."),
        Option("api", value: .one("URL"), help: "The gateway that client commands ask.", fallback: "http://127.0.0.1:8080"),
        Option("output", value: .one("FORM"), help: "How results are printed.", fallback: "table", choices: ["table", "json"]),
        Option(
            "log-level", value: .one("LEVEL"), help: "The least that is logged.", fallback: "info",
            choices: ["trace", "debug", "info", "notice", "warning", "error", "critical"]),
        Option(
            "log-format", value: .one("FORM"), help: "How log lines look on standard error.", fallback: "text", choices: ["text", "json"]),
        Option("properties", value: .one("FILE"), help: "A file of key=value settings.", fallback: "rejoinder.properties"),
    ]
}
