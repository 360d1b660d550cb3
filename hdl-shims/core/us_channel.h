/* A connection to the server, whatever carries it: sockets here, TLS and gRPC in plug-ins that are
 * loaded only when an address asks for them. Every wait is bounded. The bytes are those of the
 * frames, in order; how they are cut into pieces is the carrier's business. */
#ifndef UNDERSTUDY_US_CHANNEL_H
#define UNDERSTUDY_US_CHANNEL_H

#include "us_address.h"
#include "us_error.h"

#include <stddef.h>
#include <stdint.h>

/* A moment after which a wait is given up; one for a whole exchange. */
typedef struct us_deadline {
  int64_t at_ms;      /* on the monotonic clock */
  int64_t timeout_ms; /* what it was made of, for messages */
} us_deadline;

/* Goes up with any change of the table or of the structures that it is given. */
#define US_CHANNEL_ABI 1

typedef struct us_channel_table {
  uint32_t abi;
  /* Connects; NULL with an error that names the address and what failed. */
  void *(*open)(const us_address *address, us_deadline deadline, us_error *error);
  /* Sends all bytes of one frame. */
  bool (*send)(void *channel, const uint8_t *bytes, size_t count, us_deadline deadline,
               us_error *error);
  /* Receives what is there, at least 1 and at most room bytes; 0 with an error if there is none
   * before the deadline or the server has closed the connection. */
  size_t (*receive)(void *channel, uint8_t *bytes, size_t room, us_deadline deadline,
                    us_error *error);
  /* Frees the channel, whatever is under way on it. */
  void (*close)(void *channel);
} us_channel_table;

/* The one symbol of a plug-in. */
#define US_CHANNEL_PLUGIN us_channel_plugin
#define US_CHANNEL_PLUGIN_NAME "us_channel_plugin"
typedef const us_channel_table *us_channel_plugin_function(void);

us_deadline us_deadline_after(int64_t timeout_ms);

/* The carrier of an address; loads its plug-in. NULL with an error that says what is missing. */
const us_channel_table *us_channel_find(const us_address *address, us_error *error);

#endif
