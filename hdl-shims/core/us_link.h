/* Frames over a connection: one request, one answer (docs/protocol.md, "Frame"). */
#ifndef UNDERSTUDY_US_LINK_H
#define UNDERSTUDY_US_LINK_H

#include "us_channel.h"

#include <stddef.h>
#include <stdint.h>

/* Bytes that grow and are then reused: a run's steady state allocates nothing. */
typedef struct us_buffer {
  uint8_t *bytes;
  size_t size; /* in use */
  size_t room; /* allocated */
} us_buffer;

bool us_buffer_reserve(us_buffer *buffer, size_t room, us_error *error);

typedef struct us_link {
  const us_channel_table *carrier;
  void *channel; /* NULL: not connected */
  uint64_t sequence;
  int64_t timeout_ms; /* for one exchange, sending and receiving together */
  us_buffer out;      /* the request: header and payload, size set by the caller */
  us_buffer in;       /* the answer: header and payload */
} us_link;

/* Connects and exchanges HELLO and WELCOME. */
bool us_link_open(us_link *link, const us_address *address, const char *client_name,
                  us_error *error);

/* Sends out as one frame of the type and receives the answer into in. False with an error when
 * the answer is an ERROR frame, malformed, of another type than the expected, or late. */
bool us_link_exchange(us_link *link, uint8_t type, int64_t time_fs, uint8_t expected,
                      us_error *error);

/* The halves of an exchange: between them the server works while this side goes on. out must stay
 * as it is until the answer is there. */
bool us_link_send(us_link *link, uint8_t type, int64_t time_fs, uint8_t expected, us_error *error);
bool us_link_receive(us_link *link, uint8_t expected, us_error *error);

void us_link_close(us_link *link);

#endif
