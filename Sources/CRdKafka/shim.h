#ifndef CRDKAFKA_SHIM_H
#define CRDKAFKA_SHIM_H
#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>

/* Variadic functions cannot be called from Swift: typed doors to them. */

/* `headers` may be NULL; it is the library's own once the call succeeded. `timestamp` 0: now. */
static inline rd_kafka_resp_err_t crdkafka_produce(rd_kafka_t *rk, rd_kafka_topic_t *topic, int32_t partition, const void *value,
                                                   size_t value_size, const void *key, size_t key_size, int64_t timestamp,
                                                   rd_kafka_headers_t *headers, void *opaque) {
    if (headers)
        return rd_kafka_producev(rk, RD_KAFKA_V_RKT(topic), RD_KAFKA_V_PARTITION(partition), RD_KAFKA_V_VALUE((void *)value, value_size),
                                 RD_KAFKA_V_KEY(key, key_size), RD_KAFKA_V_TIMESTAMP(timestamp), RD_KAFKA_V_OPAQUE(opaque),
                                 RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_HEADERS(headers), RD_KAFKA_V_END);
    return rd_kafka_producev(rk, RD_KAFKA_V_RKT(topic), RD_KAFKA_V_PARTITION(partition), RD_KAFKA_V_VALUE((void *)value, value_size),
                             RD_KAFKA_V_KEY(key, key_size), RD_KAFKA_V_TIMESTAMP(timestamp), RD_KAFKA_V_OPAQUE(opaque),
                             RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_END);
}

/* The mock broker's next answer to `api`: `error` after `rtt_ms`. */
static inline rd_kafka_resp_err_t crdkafka_mock_push(rd_kafka_mock_cluster_t *cluster, int32_t broker, int16_t api, size_t count,
                                                     rd_kafka_resp_err_t error, int rtt_ms) {
    for (size_t i = 0; i < count; i++) {
        rd_kafka_resp_err_t failed = rd_kafka_mock_broker_push_request_error_rtts(cluster, broker, api, 1, error, rtt_ms);
        if (failed) return failed;
    }
    return RD_KAFKA_RESP_ERR_NO_ERROR;
}
#endif
