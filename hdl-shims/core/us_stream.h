/* A connection over a socket. */
#ifndef UNDERSTUDY_US_STREAM_H
#define UNDERSTUDY_US_STREAM_H

#include "us_channel.h"

/* The carrier of unix: and tcp: addresses. */
extern const us_channel_table us_stream_table;

/* A connected socket that does not block, or -1 with an error that names the address. */
int us_stream_connect(const us_address *address, us_deadline deadline, us_error *error);

/* Waits until the socket is ready for poll's events; false at the deadline. */
bool us_stream_wait(int fd, short events, us_deadline deadline);

/* The error of a wait that was given up. Returns false. */
bool us_stream_timed_out(us_deadline deadline, us_error *error);

#endif
