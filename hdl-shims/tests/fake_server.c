/* A server of one session with made-up circuits, and with faults on demand.
 *
 *   fake_server ADDRESS [FAULT@N]
 *
 * ADDRESS is unix:PATH or tcp:127.0.0.1:PORT. The fault takes the place of the answer to the
 * client's frame number N (1 is HELLO): close, cut, garbage, silence, version, error, type,
 * sequence, huge, nan, rows, trailing. With leave and resume the banks can be restored; leave
 * closes the connection for good, resume cuts it in the middle of the answer and then takes the
 * session up anew, from nothing. Prints `ready`, serves one connection, ends. */
#define _POSIX_C_SOURCE 200809L

#include "fake_banks.h"
#include "fake_faults.h"
#include "fake_peer.h"
#include "us_bytes.h"
#include "us_wire.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define LIFETIME_S 120

static void welcome(void) {
  static const char name[] = "fake";
  us_put_u64(peer.out + 24, 1);
  memset(peer.out + 32, 7, 16);
  us_put_u16(peer.out + 48, 4);
  memcpy(peer.out + 50, name, 4);
  peer.out_size = 54;
  fake_peer_finish(US_FRAME_TYPE_WELCOME);
}

/* The token of WELCOME, when the session is taken up again; zeros before. */
static void check_token(bool is_resumed) {
  for (int i = 0; i < 16; i++) {
    if (peer.in[32 + i] != (is_resumed ? 7 : 0)) {
      fake_peer_refuse(US_WIRE_ERROR_SESSION, "token: another (expected: the session's)");
    }
  }
}

static void serve(void) {
  bool is_resumed = false;

  for (uint64_t frame = 1; fake_peer_read(); frame++) {
    if (us_get_u64(peer.in + 8) != frame) {
      fake_peer_refuse(US_WIRE_ERROR_PROTOCOL, "sequence: not one more than the last");
    }
    switch (peer.in[5]) {
    case US_FRAME_TYPE_HELLO:
      check_token(is_resumed);
      welcome();
      break;
    case US_FRAME_TYPE_OPEN:
      fake_banks_open(fake_faults_are_resumable());
      break;
    case US_FRAME_TYPE_STEP:
      fake_banks_step();
      break;
    case US_FRAME_TYPE_CLOSE:
      fake_banks_close();
      break;
    default:
      fake_peer_refuse(US_WIRE_ERROR_PROTOCOL, "frame type: unknown");
    }
    if (fake_faults_send(frame)) {
      is_resumed = true;
      frame = 0;
    }
  }
}

int main(int argc, char **argv) {
  if (argc < 2) {
    fake_die("usage: fake_server ADDRESS [FAULT@N]");
  }
  if (argc > 2) {
    fake_faults_take(argv[2]);
  }
  alarm(LIFETIME_S);
  fake_peer_listen(argv[1]);
  printf("ready\n");
  fflush(stdout);
  fake_peer_accept();
  serve();
  return 0;
}
