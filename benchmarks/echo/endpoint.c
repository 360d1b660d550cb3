#define _POSIX_C_SOURCE 200809L

#include "endpoint.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* Both ends ask for as much as the server does. */
#define BUFFER_BYTES (1 << 20)

void endpoint_fail(const char *thing, const char *why) {
  fprintf(stderr, "%s: %s\n", thing, why);
  exit(2);
}

static int with_buffers(int fd) {
  int bytes = BUFFER_BYTES;
  setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &bytes, sizeof bytes);
  return fd;
}

static struct sockaddr_un unix_address(const char *path) {
  struct sockaddr_un to;
  memset(&to, 0, sizeof to);
  to.sun_family = AF_UNIX;
  if (strlen(path) >= sizeof to.sun_path) {
    endpoint_fail(path, "too long for a Unix socket's path");
  }
  memcpy(to.sun_path, path, strlen(path));
  return to;
}

static int connect_tcp(const char *address) {
  char host[256];
  const char *at = address + strlen("tcp:");
  const char *colon = strrchr(at, ':');
  if (colon == NULL || (size_t)(colon - at) >= sizeof host) {
    endpoint_fail(address, "(expected: tcp:HOST:PORT)");
  }
  memcpy(host, at, (size_t)(colon - at));
  host[colon - at] = '\0';
  struct addrinfo hints;
  memset(&hints, 0, sizeof hints);
  hints.ai_socktype = SOCK_STREAM;
  struct addrinfo *found = NULL;
  if (getaddrinfo(host, colon + 1, &hints, &found) != 0) {
    endpoint_fail(address, "host not known");
  }
  int fd = socket(found->ai_family, SOCK_STREAM, 0);
  if (fd < 0 || connect(fd, found->ai_addr, found->ai_addrlen) != 0) {
    endpoint_fail(address, strerror(errno));
  }
  freeaddrinfo(found);
  int on = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return fd;
}

int endpoint_connect(const char *address) {
  if (strncmp(address, "tcp:", 4) == 0) {
    return connect_tcp(address);
  }
  if (strncmp(address, "unix:", 5) != 0) {
    endpoint_fail(address, "(expected: unix:PATH or tcp:HOST:PORT)");
  }
  struct sockaddr_un to = unix_address(address + 5);
  int fd = socket(AF_UNIX, SOCK_STREAM, 0);
  if (fd < 0 || connect(fd, (const struct sockaddr *)&to, sizeof to) != 0) {
    endpoint_fail(address, strerror(errno));
  }
  return with_buffers(fd);
}

int endpoint_listen(const char *path) {
  struct sockaddr_un at = unix_address(path);
  unlink(path);
  int fd = with_buffers(socket(AF_UNIX, SOCK_STREAM, 0));
  if (fd < 0 || bind(fd, (const struct sockaddr *)&at, sizeof at) != 0 || listen(fd, 4) != 0) {
    endpoint_fail(path, strerror(errno));
  }
  return fd;
}

void endpoint_send(int fd, const void *bytes, size_t count) {
  const uint8_t *at = bytes;
  while (count > 0) {
    ssize_t sent = send(fd, at, count, MSG_NOSIGNAL);
    if (sent < 0) {
      endpoint_fail("send", strerror(errno));
    }
    at += sent;
    count -= (size_t)sent;
  }
}

int endpoint_receive(int fd, void *bytes, size_t count) {
  uint8_t *at = bytes;
  size_t left = count;
  while (left > 0) {
    ssize_t got = recv(fd, at, left, 0);
    if (got < 0) {
      endpoint_fail("receive", strerror(errno));
    }
    if (got == 0) {
      if (left == count) {
        return 0;
      }
      endpoint_fail("receive", "end of stream within a message");
    }
    at += got;
    left -= (size_t)got;
  }
  return 1;
}
