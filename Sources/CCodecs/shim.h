#ifndef CCODECS_SHIM_H
#define CCODECS_SHIM_H
/* What a container file's blocks are packed with, and the digests of schema fingerprints. */
#include <zlib.h>
#include <snappy-c.h>
#include <lzma.h>
#include <zstd.h>
#include <openssl/evp.h>
#endif
