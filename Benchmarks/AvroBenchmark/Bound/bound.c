#include "AvroBound.h"
#include <string.h>

typedef struct { const uint8_t *at, *end; } cursor;

static inline int get_long(cursor *c, int64_t *out) {
    uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        if (c->at == c->end) return 0;
        uint8_t byte = *c->at++;
        if (shift == 63 && byte > 1) return 0;
        value |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80) {
            *out = (int64_t)(value >> 1) ^ -(int64_t)(value & 1);
            return 1;
        }
    }
    return 0;
}

static inline int get_int(cursor *c, int32_t *out) {
    int64_t value;
    if (!get_long(c, &value) || value < INT32_MIN || value > INT32_MAX) return 0;
    *out = (int32_t)value;
    return 1;
}

static int valid_utf8(const uint8_t *s, size_t n) {
    size_t i = 0;
    while (i < n) {
        while (n - i >= 8) {
            uint64_t word;
            memcpy(&word, s + i, 8);
            if (word & 0x8080808080808080u) break;
            i += 8;
        }
        if (i == n) return 1;
        uint8_t b = s[i];
        if (b < 0x80) { i++; continue; }
        size_t left = n - i;
        if (b >= 0xC2 && b <= 0xDF) {
            if (left < 2 || (s[i + 1] & 0xC0) != 0x80) return 0;
            i += 2;
        } else if (b >= 0xE0 && b <= 0xEF) {
            if (left < 3 || (s[i + 1] & 0xC0) != 0x80 || (s[i + 2] & 0xC0) != 0x80) return 0;
            if ((b == 0xE0 && s[i + 1] < 0xA0) || (b == 0xED && s[i + 1] > 0x9F)) return 0;
            i += 3;
        } else if (b >= 0xF0 && b <= 0xF4) {
            if (left < 4 || (s[i + 1] & 0xC0) != 0x80 || (s[i + 2] & 0xC0) != 0x80 || (s[i + 3] & 0xC0) != 0x80) return 0;
            if ((b == 0xF0 && s[i + 1] < 0x90) || (b == 0xF4 && s[i + 1] > 0x8F)) return 0;
            i += 4;
        } else return 0;
    }
    return 1;
}

static inline int get_bytes(cursor *c, bound_text *out) {
    int64_t count;
    if (!get_long(c, &count) || count < 0 || count > c->end - c->at) return 0;
    out->start = c->at;
    out->count = (uint32_t)count;
    c->at += count;
    return 1;
}

static inline int get_text(cursor *c, bound_text *out) { return get_bytes(c, out) && valid_utf8(out->start, out->count); }

static inline int get_branch(cursor *c, int32_t count, int32_t *out) {
    int64_t branch;
    if (!get_long(c, &branch) || branch < 0 || branch >= count) return 0;
    *out = (int32_t)branch;
    return 1;
}

static inline int get_maybe_long(cursor *c, bound_maybe_long *out) {
    int32_t branch;
    if (!get_branch(c, 2, &branch)) return 0;
    out->present = (uint8_t)branch;
    return branch == 0 || get_long(c, &out->value);
}

static inline int get_maybe_double(cursor *c, bound_maybe_double *out) {
    int32_t branch;
    if (!get_branch(c, 2, &branch)) return 0;
    out->present = (uint8_t)branch;
    if (branch == 0) return 1;
    if (c->end - c->at < 8) return 0;
    memcpy(&out->value, c->at, 8);
    c->at += 8;
    return 1;
}

static inline int get_maybe_text(cursor *c, bound_maybe_text *out, int validated) {
    int32_t branch;
    if (!get_branch(c, 2, &branch)) return 0;
    out->present = (uint8_t)branch;
    return branch == 0 || (validated ? get_text(c, &out->value) : get_bytes(c, &out->value));
}

static inline void get_rest(cursor *c, bound_text *out) {
    out->start = c->at;
    out->count = (uint32_t)(c->end - c->at);
    c->at = c->end;
}

static int get_map(cursor *c, bound_text *out) {
    const uint8_t *start = c->at;
    for (;;) {
        int64_t count, size;
        if (!get_long(c, &count)) return 0;
        if (count == 0) break;
        if (count < 0) {
            if (count == INT64_MIN || !get_long(c, &size) || size < 0 || size > c->end - c->at) return 0;
            count = -count;
        }
        if (count > (c->end - c->at) / 2) return 0;
        for (; count > 0; count--) {
            bound_text text;
            if (!get_text(c, &text) || !get_text(c, &text)) return 0;
        }
    }
    out->start = start;
    out->count = (uint32_t)(c->at - start);
    return 1;
}

int bound_decode_request(const uint8_t *bytes, size_t count, bound_request *out) {
    cursor c = {bytes, bytes + count};
    if (!get_text(&c, &out->request_id) || !get_text(&c, &out->operation) || !get_long(&c, &out->created_at) || !get_int(&c, &out->attempt)
        || !get_text(&c, &out->tenant) || !get_maybe_long(&c, &out->deadline) || !get_maybe_long(&c, &out->not_before)
        || !get_int(&c, &out->priority) || !get_maybe_text(&c, &out->idempotency_key, 1) || !get_maybe_text(&c, &out->reply_to, 1)
        || !get_maybe_text(&c, &out->callback, 1) || !get_maybe_text(&c, &out->traceparent, 1) || !get_map(&c, &out->context))
        return 0;
    get_rest(&c, &out->payload);
    return c.at == c.end;
}

int bound_decode_response(const uint8_t *bytes, size_t count, bound_response *out) {
    cursor c = {bytes, bytes + count};
    if (!get_text(&c, &out->request_id) || !get_int(&c, &out->attempt) || !get_text(&c, &out->source) || !get_long(&c, &out->sequence)
        || !get_long(&c, &out->time) || !get_maybe_text(&c, &out->traceparent, 1) || !get_branch(&c, 16, &out->branch))
        return 0;
    switch (out->branch) {
    case 0:
        if (!get_long(&c, &out->event.started.offset) || !get_text(&c, &out->event.started.worker)) return 0;
        break;
    case 1:
        if (!get_maybe_double(&c, &out->event.progress.fraction) || !get_text(&c, &out->event.progress.message)
            || !get_maybe_long(&c, &out->event.progress.completed) || !get_maybe_long(&c, &out->event.progress.total)
            || !get_text(&c, &out->event.progress.unit))
            return 0;
        break;
    case 2:
        if (!get_int(&c, &out->event.part.index)) return 0;
        get_rest(&c, &out->event.part.payload);
        break;
    case 3:
        if (!get_text(&c, &out->event.checkpoint.step) || !get_bytes(&c, &out->event.checkpoint.value)) return 0;
        break;
    case 4:
        if (!get_text(&c, &out->event.waiting.name) || !get_maybe_long(&c, &out->event.waiting.until) || !get_text(&c, &out->event.waiting.message))
            return 0;
        break;
    case 5:
        if (!get_text(&c, &out->event.signalled.name) || !get_text(&c, &out->event.signalled.by) || !get_bytes(&c, &out->event.signalled.value))
            return 0;
        break;
    case 6:
        if (!get_text(&c, &out->event.cancel_requested.by) || !get_text(&c, &out->event.cancel_requested.reason)) return 0;
        break;
    case 7:
        if (!get_int(&c, &out->event.retry_scheduled.attempt) || !get_long(&c, &out->event.retry_scheduled.at)
            || !get_text(&c, &out->event.retry_scheduled.reason))
            return 0;
        break;
    case 8:
        if (!get_text(&c, &out->event.lease_expired.take) || !get_text(&c, &out->event.lease_expired.worker)
            || !get_long(&c, &out->event.lease_expired.last_seen))
            return 0;
        break;
    case 9:
        if (!get_text(&c, &out->event.released.reason)) return 0;
        break;
    case 10: get_rest(&c, &out->event.completed.payload); break;
    case 11:
        if (!get_text(&c, &out->event.failed.code) || !get_text(&c, &out->event.failed.message) || c.at == c.end || *c.at > 1) return 0;
        out->event.failed.retryable = *c.at++;
        get_rest(&c, &out->event.failed.details);
        break;
    case 12:
        if (!get_text(&c, &out->event.cancelled.reason)) return 0;
        break;
    case 13:
        if (!get_text(&c, &out->event.expired.reason)) return 0;
        break;
    case 14:
        if (!get_text(&c, &out->event.dead_lettered.reason) || !get_int(&c, &out->event.dead_lettered.failures)
            || !get_int(&c, &out->event.dead_lettered.losses))
            return 0;
        break;
    default:
        if (!get_text(&c, &out->event.reopened.by) || !get_maybe_text(&c, &out->event.reopened.payload, 0)) return 0;
    }
    return c.at == c.end;
}

static inline uint8_t *put_long(uint8_t *p, int64_t value) {
    uint64_t rest = ((uint64_t)value << 1) ^ (uint64_t)(value >> 63);
    while (rest >= 0x80) {
        *p++ = (uint8_t)rest | 0x80;
        rest >>= 7;
    }
    *p++ = (uint8_t)rest;
    return p;
}

static inline uint8_t *put_raw(uint8_t *p, bound_text text) {
    memcpy(p, text.start, text.count);
    return p + text.count;
}

static inline uint8_t *put_text(uint8_t *p, bound_text text) { return put_raw(put_long(p, text.count), text); }

static inline uint8_t *put_maybe_long(uint8_t *p, bound_maybe_long value) {
    *p++ = value.present ? 2 : 0;
    return value.present ? put_long(p, value.value) : p;
}

static inline uint8_t *put_maybe_text(uint8_t *p, bound_maybe_text text) {
    *p++ = text.present ? 2 : 0;
    return text.present ? put_text(p, text.value) : p;
}

size_t bound_encode_request(const bound_request *in, uint8_t *out) {
    uint8_t *p = put_text(out, in->request_id);
    p = put_text(p, in->operation);
    p = put_long(p, in->created_at);
    p = put_long(p, in->attempt);
    p = put_text(p, in->tenant);
    p = put_maybe_long(p, in->deadline);
    p = put_maybe_long(p, in->not_before);
    p = put_long(p, in->priority);
    p = put_maybe_text(p, in->idempotency_key);
    p = put_maybe_text(p, in->reply_to);
    p = put_maybe_text(p, in->callback);
    p = put_maybe_text(p, in->traceparent);
    p = put_raw(p, in->context);
    p = put_raw(p, in->payload);
    return (size_t)(p - out);
}

size_t bound_encode_response(const bound_response *in, uint8_t *out) {
    uint8_t *p = put_text(out, in->request_id);
    p = put_long(p, in->attempt);
    p = put_text(p, in->source);
    p = put_long(p, in->sequence);
    p = put_long(p, in->time);
    p = put_maybe_text(p, in->traceparent);
    p = put_long(p, in->branch);
    switch (in->branch) {
    case 0: p = put_text(put_long(p, in->event.started.offset), in->event.started.worker); break;
    case 1:
        *p++ = in->event.progress.fraction.present ? 2 : 0;
        if (in->event.progress.fraction.present) {
            memcpy(p, &in->event.progress.fraction.value, 8);
            p += 8;
        }
        p = put_text(p, in->event.progress.message);
        p = put_maybe_long(p, in->event.progress.completed);
        p = put_maybe_long(p, in->event.progress.total);
        p = put_text(p, in->event.progress.unit);
        break;
    case 2: p = put_raw(put_long(p, in->event.part.index), in->event.part.payload); break;
    case 3: p = put_text(put_text(p, in->event.checkpoint.step), in->event.checkpoint.value); break;
    case 4: p = put_text(put_maybe_long(put_text(p, in->event.waiting.name), in->event.waiting.until), in->event.waiting.message); break;
    case 5: p = put_text(put_text(put_text(p, in->event.signalled.name), in->event.signalled.by), in->event.signalled.value); break;
    case 6: p = put_text(put_text(p, in->event.cancel_requested.by), in->event.cancel_requested.reason); break;
    case 7:
        p = put_text(put_long(put_long(p, in->event.retry_scheduled.attempt), in->event.retry_scheduled.at), in->event.retry_scheduled.reason);
        break;
    case 8: p = put_long(put_text(put_text(p, in->event.lease_expired.take), in->event.lease_expired.worker), in->event.lease_expired.last_seen); break;
    case 9: p = put_text(p, in->event.released.reason); break;
    case 10: p = put_raw(p, in->event.completed.payload); break;
    case 11:
        p = put_text(put_text(p, in->event.failed.code), in->event.failed.message);
        *p++ = in->event.failed.retryable;
        p = put_raw(p, in->event.failed.details);
        break;
    case 12: p = put_text(p, in->event.cancelled.reason); break;
    case 13: p = put_text(p, in->event.expired.reason); break;
    case 14:
        p = put_long(put_long(put_text(p, in->event.dead_lettered.reason), in->event.dead_lettered.failures), in->event.dead_lettered.losses);
        break;
    default: p = put_maybe_text(put_text(p, in->event.reopened.by), in->event.reopened.payload);
    }
    return (size_t)(p - out);
}

uint64_t bound_decode_requests(const uint8_t *bytes, const uint32_t *offsets, const uint32_t *counts, const uint32_t *order, size_t n) {
    uint64_t sum = 0;
    for (size_t i = 0; i < n; i++) {
        bound_request record;
        uint32_t k = order[i];
        if (!bound_decode_request(bytes + offsets[k], counts[k], &record)) return 0;
        sum += (uint64_t)record.created_at + record.payload.count + record.traceparent.value.count + (uint64_t)record.attempt;
    }
    return sum;
}

uint64_t bound_decode_responses(const uint8_t *bytes, const uint32_t *offsets, const uint32_t *counts, const uint32_t *order, size_t n) {
    uint64_t sum = 0;
    for (size_t i = 0; i < n; i++) {
        bound_response record;
        uint32_t k = order[i];
        if (!bound_decode_response(bytes + offsets[k], counts[k], &record)) return 0;
        sum += (uint64_t)record.time + record.source.count + (uint64_t)record.sequence + (uint64_t)record.branch;
    }
    return sum;
}

uint64_t bound_encode_requests(const bound_request *in, const uint32_t *order, size_t n, uint8_t *out, size_t room) {
    uint64_t sum = 0;
    size_t used = 0;
    for (size_t i = 0; i < n; i++) {
        if (room - used < 4096) used = 0;
        size_t count = bound_encode_request(&in[order[i]], out + used);
        sum += count;
        used += count;
    }
    return sum;
}

uint64_t bound_encode_responses(const bound_response *in, const uint32_t *order, size_t n, uint8_t *out, size_t room) {
    uint64_t sum = 0;
    size_t used = 0;
    for (size_t i = 0; i < n; i++) {
        if (room - used < 4096) used = 0;
        size_t count = bound_encode_response(&in[order[i]], out + used);
        sum += count;
        used += count;
    }
    return sum;
}
