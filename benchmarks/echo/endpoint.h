/* Sockets of the measurement's programs: blocking, whole messages. */
#ifndef UNDERSTUDY_ENDPOINT_H
#define UNDERSTUDY_ENDPOINT_H

#include <stddef.h>
#include <stdint.h>

/* A connection to unix:PATH or tcp:HOST:PORT. Ends the program with a message on failure. */
int endpoint_connect(const char *address);

/* A Unix socket that listens at the path. */
int endpoint_listen(const char *path);

/* A message on the error stream and exit status 2. */
_Noreturn void endpoint_fail(const char *thing, const char *why);

void endpoint_send(int fd, const void *bytes, size_t count);

/* Receives exactly so many bytes; 0 at the end of the stream before the first, else 1. */
int endpoint_receive(int fd, void *bytes, size_t count);

#endif
