#include "us_frame.h"

#include "us_bytes.h"
#include "us_crc32c.h"
#include "us_wire.h"

#include <stdlib.h>

static const char *const TYPE_NAMES[] = {"UNSPECIFIED", "HELLO",  "WELCOME", "OPEN",    "OPENED",
                                         "STEP",        "ANSWER", "CLOSE",   "SUMMARY", "ERROR",
                                         "SAVE",        "SAVED",  "RESTORE", "RESTORED"};

const char *us_frame_type_name(uint8_t type) {
  return type < sizeof TYPE_NAMES / sizeof *TYPE_NAMES ? TYPE_NAMES[type] : "unknown";
}

bool us_buffer_reserve(us_buffer *buffer, size_t room, us_error *error) {
  if (room <= buffer->room) {
    return true;
  }
  uint8_t *grown = realloc(buffer->bytes, room);
  if (grown == NULL) {
    return us_error_set(error, "memory: %zu bytes refused (expected: room for a frame)", room);
  }
  buffer->bytes = grown;
  buffer->room = room;
  return true;
}

bool us_buffer_append(us_buffer *buffer, const void *bytes, size_t count, us_error *error) {
  size_t wanted = buffer->size + count;
  if (wanted > buffer->room && !us_buffer_reserve(buffer, wanted + wanted / 2, error)) {
    return false;
  }
  if (count > 0) {
    memcpy(buffer->bytes + buffer->size, bytes, count);
  }
  buffer->size = wanted;
  return true;
}

void us_buffer_free(us_buffer *buffer) {
  free(buffer->bytes);
  memset(buffer, 0, sizeof *buffer);
}

static uint16_t header_check(const uint8_t *frame) {
  const uint64_t mix = UINT64_C(0x9E3779B97F4A7C15);
  uint64_t first = us_get_u32(frame) | (uint64_t)frame[4] << 32 | (uint64_t)frame[5] << 40;
  uint64_t hash = first * mix;
  hash = (hash + us_get_u64(frame + 8)) * mix;
  hash = (hash + us_get_u64(frame + 16)) * mix;
  return (uint16_t)(hash >> 48);
}

size_t us_frame_bytes(const uint8_t *frame) { return 4 + (size_t)us_get_u32(frame); }

bool us_frame_is_header(const uint8_t *frame) {
  return us_get_u16(frame + 6) == header_check(frame);
}

uint32_t us_frame_checksum(const uint8_t *frame) {
  return us_get_u32(frame + us_frame_bytes(frame) - US_WIRE_TRAILER_BYTES);
}

bool us_frame_is_whole(const uint8_t *frame) {
  return us_crc32c(frame, us_frame_bytes(frame) - US_WIRE_TRAILER_BYTES) ==
         us_frame_checksum(frame);
}

bool us_frame_seal(us_buffer *frame, uint8_t type, uint64_t sequence, int64_t time_fs,
                   us_error *error) {
  size_t end = frame->size;
  if (end > US_WIRE_MAX_FRAME_BYTES) {
    return us_error_set(error, "%s frame: length %zu (expected: at most %d)",
                        us_frame_type_name(type), end, US_WIRE_MAX_FRAME_BYTES);
  }
  if (!us_buffer_reserve(frame, end + US_WIRE_TRAILER_BYTES, error)) {
    return false;
  }
  uint8_t *bytes = frame->bytes;
  us_put_u32(bytes, (uint32_t)(end + US_WIRE_TRAILER_BYTES - 4));
  bytes[4] = US_WIRE_PROTOCOL_VERSION;
  bytes[5] = type;
  us_put_u64(bytes + 8, sequence);
  us_put_i64(bytes + 16, time_fs);
  us_put_u16(bytes + 6, header_check(bytes));
  us_put_u32(bytes + end, us_crc32c(bytes, end));
  return true;
}
