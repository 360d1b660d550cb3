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
/* The processor's own instruction: 8 bytes in 3 cycles. */
__attribute__((target("sse4.2"))) static uint32_t by_instruction(uint32_t crc, const uint8_t *bytes,
                                                                 size_t count) {
  uint64_t wide = crc;
  for (; count >= 8; bytes += 8, count -= 8) {
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    wide = __builtin_ia32_crc32di(wide, word);
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
