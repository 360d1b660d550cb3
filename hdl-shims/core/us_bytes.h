/* Little-endian numbers at any byte offset of a frame. */
#ifndef UNDERSTUDY_US_BYTES_H
#define UNDERSTUDY_US_BYTES_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "the frames are little-endian: this client copies numbers as the machine has them"
#endif

static inline void us_put_u16(uint8_t *at, uint16_t value) { memcpy(at, &value, sizeof value); }
static inline void us_put_u32(uint8_t *at, uint32_t value) { memcpy(at, &value, sizeof value); }
static inline void us_put_u64(uint8_t *at, uint64_t value) { memcpy(at, &value, sizeof value); }
static inline void us_put_i64(uint8_t *at, int64_t value) { memcpy(at, &value, sizeof value); }
static inline void us_put_f64(uint8_t *at, double value) { memcpy(at, &value, sizeof value); }

static inline uint16_t us_get_u16(const uint8_t *at) {
  uint16_t value;
  memcpy(&value, at, sizeof value);
  return value;
}

static inline uint32_t us_get_u32(const uint8_t *at) {
  uint32_t value;
  memcpy(&value, at, sizeof value);
  return value;
}

static inline uint64_t us_get_u64(const uint8_t *at) {
  uint64_t value;
  memcpy(&value, at, sizeof value);
  return value;
}

static inline int64_t us_get_i64(const uint8_t *at) {
  int64_t value;
  memcpy(&value, at, sizeof value);
  return value;
}

static inline double us_get_f64(const uint8_t *at) {
  double value;
  memcpy(&value, at, sizeof value);
  return value;
}

/* The next multiple of 8. */
static inline size_t us_padded(size_t bytes) { return (bytes + 7) & ~(size_t)7; }

#endif
