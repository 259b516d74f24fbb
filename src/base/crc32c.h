/* crc32c.h: the checksum of state files: CRC-32C (Castagnoli), as in RFC 3720, appendix B.4 */
#ifndef BASE_CRC32C_H
#define BASE_CRC32C_H

#include <stddef.h>
#include <stdint.h>

/* Of the bytes behind those that `crc` is the checksum of; 0 to begin. */
uint32_t crc32c(uint32_t crc, const void *bytes, size_t size);

#endif
