#ifndef KAFKABOUND_H
#define KAFKABOUND_H
/* What KafkaBenchmark is measured against: the same work straight on the C interface. Seconds; below 0: failed. */
double kafka_bound_produce(const char *brokers, const char *topic, long count, int bytes);
double kafka_bound_consume(const char *brokers, const char *topic, int partitions, long count, long *bytes);
/* Allocations of this process so far, by any code. */
long kafka_bound_allocations(void);
/* Seconds of processor time of this process so far. */
double kafka_bound_processor(void);
/* Resident anonymous memory, in KiB. */
long kafka_bound_anonymous_memory(void);
/* Gives free memory back to the system, so that what follows is not served from it unseen. */
void kafka_bound_trim(void);
#endif
