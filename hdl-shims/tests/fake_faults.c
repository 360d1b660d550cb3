#include "fake_faults.h"

#include "fake_banks.h"
#include "fake_peer.h"
#include "us_bytes.h"
#include "us_frame.h"
#include "us_wire.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static const char *fault = "";
static uint64_t fault_frame; /* 0: none, or it has had its turn */

static bool is_fault(const char *kind) { return strcmp(fault, kind) == 0; }

void fake_faults_take(char *text) {
  char *at = strchr(text, '@');
  if (at == NULL) {
    fake_die("fault: expected KIND@N");
  }
  *at = '\0';
  fault = text;
  fault_frame = strtoull(at + 1, NULL, 10);
}

bool fake_faults_are_resumable(void) { return is_fault("leave") || is_fault("resume"); }

/* Sends the answer that is in `out`, spoilt as the fault says. */
static void send_spoilt(void) {
  if (is_fault("close") || is_fault("leave")) {
    exit(0);
  }
  if (is_fault("silence")) {
    while (recv(peer.connection, peer.in, 1, 0) > 0) {
    }
    exit(0);
  }
  if (is_fault("cut")) {
    fake_peer_write(peer.out, us_frame_bytes(peer.out) / 2);
    exit(0);
  }
  if (is_fault("garbage")) {
    static const uint8_t noise[] = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n";
    fake_peer_write(noise, sizeof noise - 1);
    return;
  }
  if (is_fault("error")) {
    fake_peer_refuse(US_WIRE_ERROR_INTERNAL, "backend: out of order (expected: in order)");
  } else if (is_fault("version")) {
    peer.out[4] = US_WIRE_PROTOCOL_VERSION + 1;
  } else if (is_fault("type")) {
    peer.out[5] = US_FRAME_TYPE_SUMMARY;
    fake_peer_seal();
  } else if (is_fault("sequence")) {
    us_put_u64(peer.out + 8, 99);
    fake_peer_seal();
  } else if (is_fault("huge")) {
    us_put_u32(peer.out, 0xffffffff);
  } else if (is_fault("flip")) {
    peer.out[peer.out_size - 1] ^= 1;
  } else if (is_fault("nan")) {
    us_put_f64(peer.out + 32 + 16, strtod("nan", NULL));
    fake_peer_seal();
  } else if (is_fault("rows")) {
    us_put_u32(peer.out + 32 + 4, 1000000);
    fake_peer_seal();
  } else if (is_fault("trailing")) {
    memset(peer.out + peer.out_size, 0, 8);
    peer.out_size += 8;
    fake_peer_seal();
  } else {
    fake_die("unknown fault");
  }
  fake_peer_write(peer.out, is_fault("huge") ? peer.out_size : us_frame_bytes(peer.out));
}

/* Cuts the answer that is in `out` and waits for the client: this server knows nothing any more. */
static void forget(void) {
  fake_peer_write(peer.out, us_frame_bytes(peer.out) / 2);
  close(peer.connection);
  fake_banks_forget();
  fake_peer_accept();
}

bool fake_faults_send(uint64_t frame) {
  if (frame != fault_frame) {
    fake_peer_write(peer.out, us_frame_bytes(peer.out));
    return false;
  }
  fault_frame = 0;
  if (is_fault("resume")) {
    forget();
    return true;
  }
  send_spoilt();
  return false;
}
