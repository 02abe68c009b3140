/// `demo.echo` alone, with a policy that a test can wait for.
enum DemoSchema {
    static func echo(lease: String = "PT2S", attempts: Int = 3, extra: String = "") -> [String: String] {
        [
            "demo.avpr": """
            {"protocol": "demo", "namespace": "org.example",
             "types": [{"type": "record", "name": "Echo", "fields": [{"name": "text", "type": "string"}]}],
             "messages": {"echo": {
               "request": [{"name": "text", "type": "string"}, {"name": "seconds", "type": "double", "default": 0},
                           {"name": "failures", "type": "int", "default": 0}],
               "response": "Echo",
               "policy": {"attempts": \(attempts), "losses": 10, "lease": "\(lease)",
                          "backoff": {"first": "PT0.1S", "factor": 2, "max": "PT1S", "jitter": 0}\(extra)}}}}
            """
        ]
    }
}
