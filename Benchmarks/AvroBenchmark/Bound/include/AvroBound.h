// Straight C over raw bytes, written for these two records alone: what typed coding is measured against.
#pragma once
#include <stddef.h>
#include <stdint.h>

typedef struct { const uint8_t *start; uint32_t count; } bound_text;
typedef struct { int64_t value; uint8_t present; } bound_maybe_long;
typedef struct { double value; uint8_t present; } bound_maybe_double;
typedef struct { bound_text value; uint8_t present; } bound_maybe_text;

typedef struct {
    bound_text request_id, operation;
    int64_t created_at;
    int32_t attempt;
    bound_text tenant;
    bound_maybe_long deadline, not_before;
    int32_t priority;
    bound_maybe_text idempotency_key, reply_to, callback, traceparent;
    bound_text context;  // the blocks, walked and validated
    bound_text payload;
} bound_request;

typedef struct {
    bound_text request_id;
    int32_t attempt;
    bound_text source;
    int64_t sequence, time;
    bound_maybe_text traceparent;
    int32_t branch;
    union {
        struct { int64_t offset; bound_text worker; } started;
        struct { bound_maybe_double fraction; bound_text message; bound_maybe_long completed, total; bound_text unit; } progress;
        struct { int32_t index; bound_text payload; } part;
        struct { bound_text step, value; } checkpoint;
        struct { bound_text name; bound_maybe_long until; bound_text message; } waiting;
        struct { bound_text name, by, value; } signalled;
        struct { bound_text by, reason; } cancel_requested;
        struct { int32_t attempt; int64_t at; bound_text reason; } retry_scheduled;
        struct { bound_text take, worker; int64_t last_seen; } lease_expired;
        struct { bound_text reason; } released, cancelled, expired;
        struct { bound_text payload; } completed;
        struct { bound_text code, message; uint8_t retryable; bound_text details; } failed;
        struct { bound_text reason; int32_t failures, losses; } dead_lettered;
        struct { bound_text by; bound_maybe_text payload; } reopened;
    } event;
} bound_response;

// 0 when the bytes are no such record.
int bound_decode_request(const uint8_t *bytes, size_t count, bound_request *out);
int bound_decode_response(const uint8_t *bytes, size_t count, bound_response *out);
// The bytes written; the room must be there.
size_t bound_encode_request(const bound_request *in, uint8_t *out);
size_t bound_encode_response(const bound_response *in, uint8_t *out);

// Loops of their own, so that no call of another language is measured: records are given by offset and length, `order` names them.
// They return a sum, so that nothing can be left out; 0 when a record was refused.
uint64_t bound_decode_requests(const uint8_t *bytes, const uint32_t *offsets, const uint32_t *counts, const uint32_t *order, size_t n);
uint64_t bound_decode_responses(const uint8_t *bytes, const uint32_t *offsets, const uint32_t *counts, const uint32_t *order, size_t n);
uint64_t bound_encode_requests(const bound_request *in, const uint32_t *order, size_t n, uint8_t *out, size_t room);
uint64_t bound_encode_responses(const bound_response *in, const uint32_t *order, size_t n, uint8_t *out, size_t room);

// Allocations of the process so far.
uint64_t bound_allocations(void);

// libavro's generic values, over the same records: one value that is used again; values that were read before. 0 when a record was refused.
typedef struct bound_libavro bound_libavro;
bound_libavro *bound_libavro_new(const char *schema, size_t length);
uint64_t bound_libavro_decode(bound_libavro *self, const uint8_t *bytes, const uint32_t *offsets, const uint32_t *counts, const uint32_t *order, size_t n);
int bound_libavro_prepare(bound_libavro *self, const uint8_t *bytes, const uint32_t *offsets, const uint32_t *counts, size_t n);
uint64_t bound_libavro_encode(bound_libavro *self, const uint32_t *order, size_t n);
