/* A connection to the server on which every wait is bounded. */
#ifndef UNDERSTUDY_US_STREAM_H
#define UNDERSTUDY_US_STREAM_H

#include "us_address.h"
#include "us_error.h"

#include <stddef.h>
#include <stdint.h>

/* A moment after which a wait is given up; one for a whole exchange. */
typedef struct us_deadline {
  int64_t at_ms;      /* on the monotonic clock */
  int64_t timeout_ms; /* what it was made of, for messages */
} us_deadline;

us_deadline us_deadline_after(int64_t timeout_ms);

/* A connected socket, or -1 with an error that names the address and what failed. */
int us_stream_connect(const us_address *address, us_deadline deadline, us_error *error);

/* Sends all bytes. */
bool us_stream_send(int fd, const uint8_t *bytes, size_t count, us_deadline deadline,
                    us_error *error);

/* Receives what is there, at least 1 and at most room bytes; 0 with an error if there is none
 * before the deadline or the server has closed the connection. */
size_t us_stream_receive(int fd, uint8_t *bytes, size_t room, us_deadline deadline,
                         us_error *error);

#endif
