/* CRC-32C (Castagnoli), the checksum of frames. */
#ifndef UNDERSTUDY_US_CRC32C_H
#define UNDERSTUDY_US_CRC32C_H

#include <stddef.h>
#include <stdint.h>

uint32_t us_crc32c(const uint8_t *bytes, size_t count);

#endif
