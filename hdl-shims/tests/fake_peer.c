#define _POSIX_C_SOURCE 200809L

#include "fake_peer.h"

#include "us_bytes.h"
#include "us_frame.h"
#include "us_wire.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

fake_peer peer;

void fake_die(const char *why) {
  fprintf(stderr, "fake_server: %s\n", why);
  exit(1);
}

void fake_peer_listen(const char *address) {
  int fd = -1;
  int on = 1;
  if (strncmp(address, "unix:", 5) == 0) {
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    snprintf(at.sun_path, sizeof at.sun_path, "%s", address + 5);
    unlink(at.sun_path);
    fd = socket(AF_UNIX, SOCK_STREAM, 0);
    if (bind(fd, (struct sockaddr *)&at, sizeof at) != 0) {
      fake_die("bind failed");
    }
  } else {
    struct sockaddr_in at = {.sin_family = AF_INET};
    at.sin_port = htons((uint16_t)atoi(strrchr(address, ':') + 1));
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    fd = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(fd, (struct sockaddr *)&at, sizeof at) != 0) {
      fake_die("bind failed");
    }
  }
  if (listen(fd, 1) != 0) {
    fake_die("listen failed");
  }
  peer.listener = fd;
  peer.in = malloc(US_WIRE_MAX_FRAME_BYTES + 64);
  peer.out = malloc(US_WIRE_MAX_FRAME_BYTES + 64);
  if (peer.in == NULL || peer.out == NULL) {
    fake_die("memory refused");
  }
}

void fake_peer_accept(void) {
  int on = 1;
  peer.connection = accept(peer.listener, NULL, NULL);
  setsockopt(peer.connection, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

static bool read_all(uint8_t *to, size_t count) {
  while (count > 0) {
    ssize_t got = recv(peer.connection, to, count, 0);
    if (got <= 0) {
      return false;
    }
    to += got;
    count -= (size_t)got;
  }
  return true;
}

bool fake_peer_read(void) {
  if (!read_all(peer.in, 4)) {
    return false;
  }
  uint32_t length = us_get_u32(peer.in);
  return length <= US_WIRE_MAX_FRAME_BYTES && length >= 24 && read_all(peer.in + 4, length);
}

void fake_peer_write(const uint8_t *from, size_t count) {
  while (count > 0) {
    ssize_t sent = send(peer.connection, from, count, MSG_NOSIGNAL);
    if (sent <= 0) {
      return;
    }
    from += sent;
    count -= (size_t)sent;
  }
}

void fake_peer_seal(void) {
  us_buffer frame = {peer.out, peer.out_size, US_WIRE_MAX_FRAME_BYTES + 64};
  us_error error = {""};
  us_frame_seal(&frame, peer.out[5], us_get_u64(peer.out + 8), us_get_i64(peer.out + 16), &error);
}

void fake_peer_finish(uint8_t type) {
  us_put_u32(peer.out, (uint32_t)(peer.out_size - 4));
  peer.out[4] = US_WIRE_PROTOCOL_VERSION;
  peer.out[5] = type;
  memcpy(peer.out + 8, peer.in + 8, 16);
  fake_peer_seal();
}

void fake_peer_refuse(uint16_t code, const char *text) {
  size_t length = strlen(text);
  us_put_u16(peer.out + 24, code);
  us_put_u16(peer.out + 26, 0);
  us_put_u32(peer.out + 28, (uint32_t)length);
  memcpy(peer.out + 32, text, length);
  peer.out_size = 32 + length;
  fake_peer_finish(US_FRAME_TYPE_ERROR);
  fake_peer_write(peer.out, us_frame_bytes(peer.out));
  exit(0);
}
