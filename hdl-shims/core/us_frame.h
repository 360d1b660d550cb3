/* The frame's envelope: header, checks, checksum (docs/protocol.md, "Frame"). */
#ifndef UNDERSTUDY_US_FRAME_H
#define UNDERSTUDY_US_FRAME_H

#include "us_error.h"

#include <stddef.h>
#include <stdint.h>

/* Bytes that grow and are then reused: a run's steady state allocates nothing. */
typedef struct us_buffer {
  uint8_t *bytes;
  size_t size; /* in use */
  size_t room; /* allocated */
} us_buffer;

bool us_buffer_reserve(us_buffer *buffer, size_t room, us_error *error);
bool us_buffer_append(us_buffer *buffer, const void *bytes, size_t count, us_error *error);
void us_buffer_free(us_buffer *buffer);

const char *us_frame_type_name(uint8_t type);

/* Writes header and checksum around a payload that ends at the buffer's size; leaves the size. */
bool us_frame_seal(us_buffer *frame, uint8_t type, uint64_t sequence, int64_t time_fs,
                   us_error *error);

/* Bytes of a sealed frame, by its length field. */
size_t us_frame_bytes(const uint8_t *frame);

/* Whether a header's fields fit together. */
bool us_frame_is_header(const uint8_t *frame);

/* Whether a whole frame's bytes are those that were sent. */
bool us_frame_is_whole(const uint8_t *frame);

/* The checksum that a whole frame carries. */
uint32_t us_frame_checksum(const uint8_t *frame);

#endif
