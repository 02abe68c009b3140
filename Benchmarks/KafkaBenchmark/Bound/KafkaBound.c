#define _GNU_SOURCE
#include "KafkaBound.h"
#include <librdkafka/rdkafka.h>
#include <malloc.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
static _Atomic long allocations;
void *malloc(size_t n) { atomic_fetch_add_explicit(&allocations, 1, memory_order_relaxed); return __libc_malloc(n); }
void *calloc(size_t n, size_t m) { atomic_fetch_add_explicit(&allocations, 1, memory_order_relaxed); return __libc_calloc(n, m); }
void *realloc(void *p, size_t n) { atomic_fetch_add_explicit(&allocations, 1, memory_order_relaxed); return __libc_realloc(p, n); }
long kafka_bound_allocations(void) { return allocations; }

long kafka_bound_anonymous_memory(void) {
    FILE *file = fopen("/proc/self/status", "r");
    char line[256];
    long kib = -1;
    while (file && fgets(line, sizeof line, file))
        if (sscanf(line, "RssAnon: %ld", &kib) == 1) break;
    if (file) fclose(file);
    return kib;
}

void kafka_bound_trim(void) { malloc_trim(0); }

double kafka_bound_processor(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

static double now(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec + t.tv_nsec / 1e9; }

static rd_kafka_t *client(rd_kafka_type_t kind, const char *brokers) {
    char reason[512];
    rd_kafka_conf_t *conf = rd_kafka_conf_new();
    const char *producer[][2] = {{"bootstrap.servers", brokers}, {"linger.ms", "0"}, {"enable.idempotence", "true"}, {"partitioner", "murmur2"},
                                 {"socket.nagle.disable", "true"}, {"queue.buffering.max.messages", "100000"}};
    const char *consumer[][2] = {{"bootstrap.servers", brokers}, {"group.id", "bound"}, {"auto.offset.reset", "error"}, {"fetch.wait.max.ms", "100"},
                                 {"enable.auto.commit", "false"}, {"queued.max.messages.kbytes", "65536"}};
    for (int i = 0; i < 6; i++) {
        const char **pair = kind == RD_KAFKA_PRODUCER ? producer[i] : consumer[i];
        if (rd_kafka_conf_set(conf, pair[0], pair[1], reason, sizeof reason)) { fprintf(stderr, "%s\n", reason); return NULL; }
    }
    rd_kafka_conf_set_events(conf, kind == RD_KAFKA_PRODUCER ? RD_KAFKA_EVENT_DR : 0);
    return rd_kafka_new(kind, conf, reason, sizeof reason);
}

struct reports { rd_kafka_t *handle; long wanted; _Atomic long failed; };
static void *take_reports(void *argument) {
    struct reports *reports = argument;
    rd_kafka_queue_t *queue = rd_kafka_queue_get_main(reports->handle);
    long seen = 0;
    while (seen < reports->wanted) {
        rd_kafka_event_t *event = rd_kafka_queue_poll(queue, 1000);
        if (!event) continue;
        const rd_kafka_message_t *message;
        if (rd_kafka_event_type(event) == RD_KAFKA_EVENT_DR)
            while ((message = rd_kafka_event_message_next(event))) { seen++; if (message->err) reports->failed++; }
        rd_kafka_event_destroy(event);
    }
    rd_kafka_queue_destroy(queue);
    return NULL;
}

double kafka_bound_produce(const char *brokers, const char *topic, long count, int bytes) {
    rd_kafka_t *handle = client(RD_KAFKA_PRODUCER, brokers);
    if (!handle) return -1;
    rd_kafka_topic_t *local = rd_kafka_topic_new(handle, topic, NULL);
    const struct rd_kafka_metadata *metadata;
    if (rd_kafka_metadata(handle, 0, local, &metadata, 10000)) return -1;
    rd_kafka_metadata_destroy(metadata);
    struct reports reports = {.handle = handle, .wanted = count};
    pthread_t thread;
    pthread_create(&thread, NULL, take_reports, &reports);
    char *value = calloc(1, bytes);
    double begun = now();
    for (long i = 0; i < count; i++) {
        memcpy(value, &i, sizeof i);
        char key[40];
        int size = snprintf(key, sizeof key, "%036ld", i);
        while (rd_kafka_produce(local, RD_KAFKA_PARTITION_UA, RD_KAFKA_MSG_F_COPY, value, bytes, key, size, (void *)i)) {
            struct timespec pause = {0, 200000};
            nanosleep(&pause, NULL);
        }
    }
    pthread_join(thread, NULL);
    double seconds = now() - begun;
    free(value);
    rd_kafka_topic_destroy(local);
    rd_kafka_destroy(handle);
    return reports.failed ? -1 : seconds;
}

double kafka_bound_consume(const char *brokers, const char *topic, int partitions, long count, long *bytes) {
    rd_kafka_t *handle = client(RD_KAFKA_CONSUMER, brokers);
    if (!handle) return -1;
    rd_kafka_poll_set_consumer(handle);
    rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(partitions);
    for (int i = 0; i < partitions; i++) rd_kafka_topic_partition_list_add(list, topic, i)->offset = RD_KAFKA_OFFSET_BEGINNING;
    rd_kafka_assign(handle, list);
    rd_kafka_topic_partition_list_destroy(list);
    double begun = 0;
    long seen = 0, sum = 0, failed = 0;
    while (seen < count) {
        rd_kafka_message_t *message = rd_kafka_consumer_poll(handle, 1000);
        if (!message) continue;
        if (seen == 0) begun = now();
        if (message->err) failed++;
        else { seen++; sum += message->len + message->key_len; }
        rd_kafka_message_destroy(message);
        if (failed > 10) return -1;
    }
    double seconds = now() - begun;
    *bytes = sum;
    rd_kafka_destroy(handle);
    return seconds;
}
