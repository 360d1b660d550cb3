/* The floor of a round trip: echo_server PATH answers each message of a connection with another,
 * both of the sizes that the connection's first 16 bytes name, and does nothing else. Prints
 * `ready`; ends when its input does. */
#define _POSIX_C_SOURCE 200809L

#include "endpoint.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAX_BYTES (64u << 20)

static void serve(int fd) {
  uint64_t sizes[2];
  if (!endpoint_receive(fd, sizes, sizeof sizes)) {
    return;
  }
  if (sizes[0] == 0 || sizes[0] > MAX_BYTES || sizes[1] == 0 || sizes[1] > MAX_BYTES) {
    endpoint_fail("sizes", "(expected: 1 to 64 MiB)");
  }
  size_t room = (size_t)(sizes[0] > sizes[1] ? sizes[0] : sizes[1]);
  uint8_t *bytes = calloc(room, 1);
  if (bytes == NULL) {
    endpoint_fail("memory", "refused");
  }
  while (endpoint_receive(fd, bytes, (size_t)sizes[0])) {
    endpoint_send(fd, bytes, (size_t)sizes[1]);
  }
  free(bytes);
}

int main(int argc, char **argv) {
  if (argc != 2) {
    endpoint_fail("arguments", "(expected: echo_server PATH)");
  }
  int listener = endpoint_listen(argv[1]);
  printf("ready\n");
  fflush(stdout);
  struct pollfd ends[2] = {{.fd = listener, .events = POLLIN}, {.fd = 0, .events = POLLIN}};
  while (poll(ends, 2, -1) > 0 && ends[1].revents == 0) {
    int fd = accept(listener, NULL, NULL);
    if (fd >= 0) {
      serve(fd);
      close(fd);
    }
  }
  unlink(argv[1]);
  return 0;
}
