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

    /// The configuration, once a broker has answered; else an error that names the brokers and what to do.
    static func reached(_ settings: Settings) async throws -> KafkaConfiguration {
        let brokers = try settings.brokers()
        let kafka = try configuration(settings, brokers: brokers)
        let admin = try Admin(kafka)
        do throws(KafkaError) {
            _ = try await admin.metadata(within: .seconds(8))
        } catch {
            _ = await admin.close(within: .seconds(1))
            throw Folders.Failure(
                description:
                    "no Kafka answers at \(brokers) (\(error.detail)). Is it running? Name it by --bootstrap-servers or KAFKA_BOOTSTRAP_SERVERS, its login by --kafka."
            )
        }
        _ = await admin.close(within: .seconds(1))
        return kafka
    }
}
