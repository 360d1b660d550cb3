#define _POSIX_C_SOURCE 200809L

#include "us_stream.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

static int64_t now_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

us_deadline us_deadline_after(int64_t timeout_ms) {
  us_deadline deadline = {now_ms() + timeout_ms, timeout_ms};
  return deadline;
}

/* A signal that interrupts
 * the wait (a profiler's timer, say) does not lengthen it. */
bool us_stream_wait(int fd, short events, us_deadline deadline) {
  for (;;) {
    int64_t left_ms = deadline.at_ms - now_ms();
    struct pollfd ready = {.fd = fd, .events = events, .revents = 0};
    int count = poll(&ready, 1, left_ms > 0 ? (int)left_ms : 0);
    if (count > 0) {
      return true;
    }
    if (count == 0 || errno != EINTR) {
      return false;
    }
  }
}

/* The errno of the attempt; 0 when connected. */
static int try_connect(int fd, const struct sockaddr *to, socklen_t length, us_deadline deadline) {
  if (connect(fd, to, length) == 0) {
    return 0;
  }
  if (errno != EINPROGRESS && errno != EINTR) {
    return errno;
  }
  if (!us_stream_wait(fd, POLLOUT, deadline)) {
    return ETIMEDOUT;
  }
  int result = 0;
  socklen_t size = sizeof result;
  if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &result, &size) != 0) {
    return errno;
  }
  return result;
}

static int open_socket(int family) {
  int fd = socket(family, SOCK_STREAM, 0);
  if (fd >= 0) {
    fcntl(fd, F_SETFD, FD_CLOEXEC);
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
  }
  return fd;
}

static int no_server(const us_address *address, int reason, us_error *error) {
  us_error_set(error, "no server at %s: %s (expected: a running server)", address->text,
               strerror(reason));
  return -1;
}

static int connect_unix(const us_address *address, us_deadline deadline, us_error *error) {
  struct sockaddr_un to;
  memset(&to, 0, sizeof to);
  to.sun_family = AF_UNIX;
  memcpy(to.sun_path, address->path, sizeof to.sun_path);
  int fd = open_socket(AF_UNIX);
  if (fd < 0) {
    return no_server(address, errno, error);
  }
  int reason = try_connect(fd, (const struct sockaddr *)&to, sizeof to, deadline);
  if (reason != 0) {
    close(fd);
    return no_server(address, reason, error);
  }
  return fd;
}

static int connect_tcp(const us_address *address, us_deadline deadline, us_error *error) {
  struct addrinfo hints;
  memset(&hints, 0, sizeof hints);
  hints.ai_socktype = SOCK_STREAM;
  struct addrinfo *found = NULL;
  int failed = getaddrinfo(address->host, address->port, &hints, &found);
  if (failed != 0) {
    us_error_set(error, "no server at %s: %s (expected: a host that resolves)", address->text,
                 gai_strerror(failed));
    return -1;
  }
  int reason = ECONNREFUSED;
  int fd = -1;
  for (struct addrinfo *one = found; one != NULL && fd < 0; one = one->ai_next) {
    fd = open_socket(one->ai_family);
    if (fd < 0) {
      reason = errno;
      continue;
    }
    reason = try_connect(fd, one->ai_addr, one->ai_addrlen, deadline);
    if (reason != 0) {
      close(fd);
      fd = -1;
    }
  }
  freeaddrinfo(found);
  if (fd < 0) {
    return no_server(address, reason, error);
  }
  /* A frame is one write and waits for its answer: delaying it to fill a packet only costs. */
  int on = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return fd;
}

int us_stream_connect(const us_address *address, us_deadline deadline, us_error *error) {
  return address->transport == US_TRANSPORT_UNIX ? connect_unix(address, deadline, error)
                                                 : connect_tcp(address, deadline, error);
}

bool us_stream_timed_out(us_deadline deadline, us_error *error) {
  return us_error_set(error, "no answer after %lld ms (expected: one within UNDERSTUDY_TIMEOUT_MS)",
                      (long long)deadline.timeout_ms);
}

/* The channel is the socket's number plus 1, since NULL is none. */
static void *channel_of(int fd) { return (void *)((intptr_t)fd + 1); }

static int fd_of(void *channel) { return (int)((intptr_t)channel - 1); }

static void *open_channel(const us_address *address, us_deadline deadline, us_error *error) {
  int fd = us_stream_connect(address, deadline, error);
  return fd < 0 ? NULL : channel_of(fd);
}

static bool send_bytes(void *channel, const uint8_t *bytes, size_t count, us_deadline deadline,
                       us_error *error) {
  int fd = fd_of(channel);
  size_t sent = 0;
  while (sent < count) {
    /* MSG_NOSIGNAL: a server that has gone is an error here, not a SIGPIPE for the simulator. */
    ssize_t step = send(fd, bytes + sent, count - sent, MSG_NOSIGNAL);
    if (step > 0) {
      sent += (size_t)step;
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      if (!us_stream_wait(fd, POLLOUT, deadline)) {
        return us_stream_timed_out(deadline, error);
      }
    } else if (errno != EINTR) {
      return us_error_set(error, "connection lost: %s (expected: a running server)",
                          strerror(errno));
    }
  }
  return true;
}

static size_t receive_bytes(void *channel, uint8_t *bytes, size_t room, us_deadline deadline,
                            us_error *error) {
  int fd = fd_of(channel);
  for (;;) {
    if (!us_stream_wait(fd, POLLIN, deadline)) {
      us_stream_timed_out(deadline, error);
      return 0;
    }
    ssize_t got = recv(fd, bytes, room, 0);
    if (got > 0) {
      return (size_t)got;
    }
    if (got == 0) {
      us_error_set(error, "connection closed by the server (expected: an answer)");
      return 0;
    }
    if (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR) {
      us_error_set(error, "connection lost: %s (expected: a running server)", strerror(errno));
      return 0;
    }
  }
}

static void close_channel(void *channel) { close(fd_of(channel)); }

const us_channel_table us_stream_table = {US_CHANNEL_ABI, open_channel, send_bytes, receive_bytes,
                                          close_channel};
