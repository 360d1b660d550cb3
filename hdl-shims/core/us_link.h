/* A session with the server, frame by frame: one request, one answer (docs/protocol.md). When the
 * server is lost, the link finds it (or another one at the same address) again, rebuilds the
 * session from its last checkpoint and the frames since, and goes on as if nothing had happened,
 * until a deadline. */
#ifndef UNDERSTUDY_US_LINK_H
#define UNDERSTUDY_US_LINK_H

#include "us_channel.h"
#include "us_frame.h"
#include "us_wire.h"

/* What is needed to rebuild the session; us_history.c. */
typedef struct us_history {
  us_buffer opens; /* for each OPEN: u64 length, its payload padded to 8 */
  uint64_t open_count;
  us_buffer checkpoint; /* what SAVED brought; size 0 before the first */
  uint64_t checkpoint_sequence;
  uint64_t checkpoint_open_count;
  size_t checkpoint_opens_size;
  us_buffer frames;   /* since: for each u32 checksum of its answer, u32 0, the frame */
  size_t budget;      /* bytes of frames after which a checkpoint is due */
  us_buffer incoming; /* the next checkpoint, while it comes */
} us_history;

typedef struct us_link {
  us_address address;
  char *client_name;
  const us_channel_table *carrier;
  void *channel; /* NULL: not connected */
  uint64_t sequence;
  int64_t timeout_ms;  /* for one exchange, sending and receiving together */
  int64_t deadline_ms; /* for finding a lost server again; 0: it is not looked for */
  us_deadline given_up;
  us_buffer out; /* the request: header and payload, size set by the caller */
  us_buffer in;  /* the answer: header and payload, without the checksum */
  size_t ahead;  /* bytes in `in` behind the answer, of the next frame */
  us_buffer aux; /* requests of the link's own */
  uint8_t token[US_WIRE_TOKEN_BYTES];
  bool is_known;      /* the server has given the token */
  bool is_restorable; /* all banks can be saved */
  us_history history;
} us_link;

/* Connects and exchanges HELLO and WELCOME. */
bool us_link_open(us_link *link, const us_address *address, const char *client_name,
                  us_error *error);

/* Sends out as one frame of the type and receives the answer into in. False with an error when
 * the answer is an ERROR frame, malformed, of another type than the expected, or the server was
 * lost and not found again in time. */
bool us_link_exchange(us_link *link, uint8_t type, int64_t time_fs, uint8_t expected,
                      us_error *error);

/* The halves of an exchange: between them the server works while this side goes on. out must stay
 * as it is until the answer is there. */
bool us_link_send(us_link *link, uint8_t type, int64_t time_fs, uint8_t expected, us_error *error);
bool us_link_receive(us_link *link, uint8_t expected, us_error *error);

void us_link_close(us_link *link);

#endif
