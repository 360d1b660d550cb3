/* The made-up server's one connection, and the frame that it reads and the one that it writes. A
 * mistake of its own ends the program. */
#ifndef UNDERSTUDY_FAKE_PEER_H
#define UNDERSTUDY_FAKE_PEER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct fake_peer {
  int listener;
  int connection;
  uint8_t *in;
  uint8_t *out;
  size_t out_size; /* without the checksum */
} fake_peer;

extern fake_peer peer;

void fake_die(const char *why) __attribute__((noreturn));

/* Listens at unix:PATH or tcp:127.0.0.1:PORT. */
void fake_peer_listen(const char *address);

/* Waits for the next client. */
void fake_peer_accept(void);

/* Reads a whole frame into `in`; false at the stream's end. */
bool fake_peer_read(void);

/* Writes bytes as they are. */
void fake_peer_write(const uint8_t *from, size_t count);

/* Header and checksum around what is in `out`, as the answer to what is in `in`. */
void fake_peer_finish(uint8_t type);

/* The same around a header that is there; again after a change. */
void fake_peer_seal(void);

/* Sends ERROR and ends. */
void fake_peer_refuse(uint16_t code, const char *text) __attribute__((noreturn));

#endif
