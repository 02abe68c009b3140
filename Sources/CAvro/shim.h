#ifndef CAVRO_SHIM_H
#define CAVRO_SHIM_H
#include <avro.h>
/* A macro that Swift cannot call. */
static inline void cavro_value_iface_decref(avro_value_iface_t *iface) { avro_value_iface_decref(iface); }
#endif
