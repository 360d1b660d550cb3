#include "us_crc32c.h"

#include <stdbool.h>
#include <string.h>

#define POLYNOMIAL 0x82f63b78u

static uint32_t table[256];
static bool has_table;

static void make_table(void) {
  for (uint32_t byte = 0; byte < 256; byte++) {
    uint32_t crc = byte;
    for (int bit = 0; bit < 8; bit++) {
      crc = (crc >> 1) ^ ((crc & 1) != 0 ? POLYNOMIAL : 0);
    }
    table[byte] = crc;
  }
  has_table = true;
}

static uint32_t by_table(uint32_t crc, const uint8_t *bytes, size_t count) {
  if (!has_table) {
    make_table();
  }
  for (size_t i = 0; i < count; i++) {
    crc = (crc >> 8) ^ table[(crc ^ bytes[i]) & 0xff];
  }
  return crc;
}

#ifdef __x86_64__
/* The processor's own instruction takes 8 bytes and answers three cycles later, but begins one each
   cycle: so long stretches are read in three lanes, whose checksums are joined at their end. */
enum { LANES = 3, LANE_BYTES = 1024 };

/* What a checksum becomes by a lane of zeros that follows it, by each of its bytes. */
static uint32_t across[4][256];
static bool has_across;

__attribute__((target("sse4.2"))) static uint64_t add_word(uint64_t crc, const uint8_t *bytes) {
  uint64_t word;
  memcpy(&word, bytes, sizeof word);
  return __builtin_ia32_crc32di(crc, word);
}

static void make_across(void) {
  static const uint8_t zeros[LANE_BYTES];
  for (int place = 0; place < 4; place++) {
    for (uint32_t byte = 0; byte < 256; byte++) {
      across[place][byte] = by_table(byte << (8 * place), zeros, LANE_BYTES);
    }
  }
  has_across = true;
}

static uint64_t across_lane(uint64_t crc) {
  return across[0][crc & 0xff] ^ across[1][crc >> 8 & 0xff] ^ across[2][crc >> 16 & 0xff] ^
         across[3][crc >> 24 & 0xff];
}

__attribute__((target("sse4.2"))) static uint32_t by_instruction(uint32_t crc, const uint8_t *bytes,
                                                                 size_t count) {
  uint64_t wide = crc;
  if (count >= LANES * LANE_BYTES && !has_across) {
    make_across();
  }
  for (; count >= LANES * LANE_BYTES; bytes += LANES * LANE_BYTES, count -= LANES * LANE_BYTES) {
    uint64_t second = 0;
    uint64_t third = 0;
    for (size_t i = 0; i < LANE_BYTES; i += 8) {
      wide = add_word(wide, bytes + i);
      second = add_word(second, bytes + LANE_BYTES + i);
      third = add_word(third, bytes + 2 * LANE_BYTES + i);
    }
    wide = across_lane(across_lane(wide) ^ second) ^ third;
  }
  for (; count >= 8; bytes += 8, count -= 8) {
    wide = add_word(wide, bytes);
  }
  crc = (uint32_t)wide;
  for (; count > 0; bytes++, count--) {
    crc = __builtin_ia32_crc32qi(crc, *bytes);
  }
  return crc;
}
#endif

uint32_t us_crc32c(const uint8_t *bytes, size_t count) {
#ifdef __x86_64__
  if (__builtin_cpu_supports("sse4.2")) {
    return ~by_instruction(0xffffffffu, bytes, count);
  }
#endif
  return ~by_table(0xffffffffu, bytes, count);
}
