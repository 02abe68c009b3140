import CommandLine
import Kafka
import Telemetry

/// Turns settings into the configuration of Kafka clients.
enum Kafkas {
    static func configuration(_ settings: Settings, brokers: String) throws -> KafkaConfiguration {
        var configuration = KafkaConfiguration(bootstrapServers: brokers)
        configuration.clientID = "rejoinder"
        configuration.logger = settings.logger.labelled("kafka")
        configuration.metrics = settings.metrics
        configuration.extra = Dictionary(settings.kafkaProperties.map { ($0.key, $0.value) }) { _, last in last }
        return configuration
    }
}
