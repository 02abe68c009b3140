// libavro's generic values over the same records: the yardstick of generic values and of Codable.
#include "AvroBound.h"
#include <avro.h>
#include <stdlib.h>

struct bound_libavro {
    avro_schema_t schema;
    avro_value_iface_t *iface;
    avro_value_t value;
    avro_value_t *values;
    size_t count;
};

bound_libavro *bound_libavro_new(const char *schema, size_t length) {
    bound_libavro *self = calloc(1, sizeof *self);
    if (avro_schema_from_json_length(schema, length, &self->schema)) { free(self); return NULL; }
    self->iface = avro_generic_class_from_schema(self->schema);
    avro_generic_value_new(self->iface, &self->value);
    return self;
}

uint64_t bound_libavro_decode(bound_libavro *self, const uint8_t *bytes, const uint32_t *offsets, const uint32_t *counts, const uint32_t *order, size_t n) {
    avro_reader_t reader = avro_reader_memory(NULL, 0);
    uint64_t sum = 0;
    for (size_t i = 0; i < n; i++) {
        avro_reader_memory_set_source(reader, (const char *)bytes + offsets[order[i]], counts[order[i]]);
        avro_value_reset(&self->value);
        if (avro_value_read(reader, &self->value)) { sum = 0; break; }
        sum += counts[order[i]];
    }
    avro_reader_free(reader);
    return sum;
}

int bound_libavro_prepare(bound_libavro *self, const uint8_t *bytes, const uint32_t *offsets, const uint32_t *counts, size_t n) {
    self->values = calloc(n, sizeof *self->values);
    self->count = n;
    avro_reader_t reader = avro_reader_memory(NULL, 0);
    for (size_t i = 0; i < n; i++) {
        avro_generic_value_new(self->iface, &self->values[i]);
        avro_reader_memory_set_source(reader, (const char *)bytes + offsets[i], counts[i]);
        if (avro_value_read(reader, &self->values[i])) return 0;
    }
    avro_reader_free(reader);
    return 1;
}

uint64_t bound_libavro_encode(bound_libavro *self, const uint32_t *order, size_t n) {
    static char room[65536];
    avro_writer_t writer = avro_writer_memory(room, sizeof room);
    uint64_t sum = 0;
    for (size_t i = 0; i < n; i++) {
        avro_writer_reset(writer);
        if (avro_value_write(writer, &self->values[order[i]])) { sum = 0; break; }
        sum += (uint64_t)avro_writer_tell(writer);
    }
    avro_writer_free(writer);
    return sum;
}
