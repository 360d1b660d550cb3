/* Measures round trips and prints their median and tenth percentile in nanoseconds:
 *
 *   round_trips frames ADDRESS CIRCUIT PERIOD_FS INSTANCES WARM_UP ROUNDS
 *   round_trips bytes  ADDRESS INSTANCES WARM_UP ROUNDS
 *
 * `frames` speaks the crossing protocol (docs/protocol.md): a bank of a circuit with one input and
 * one output value, all instances named at each step. `bytes` sends and receives messages of the
 * same sizes to and from an echo_server. */
#define _POSIX_C_SOURCE 200809L

#include "endpoint.h"
#include "us_frame.h"
#include "us_wire.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define STEP 5
#define ANSWER 6

typedef struct run {
  int fd;
  int64_t period_fs;
  uint64_t sequence;
  int64_t time_fs;
  us_buffer out;
  uint8_t *in;
  size_t in_bytes;
} run;

static void put(uint8_t *frame, size_t at, const void *value, size_t bytes) {
  memcpy(frame + at, value, bytes);
}

static void put_u32(uint8_t *frame, size_t at, uint32_t value) { put(frame, at, &value, 4); }

/* Header and checksum around a payload that ends at the frame's size. */
static void seal(us_buffer *frame, uint8_t type, uint64_t sequence, int64_t time_fs) {
  us_error error = {""};
  if (!us_frame_seal(frame, type, sequence, time_fs, &error)) {
    endpoint_fail("frame", error.text);
  }
}

/* Sends a frame and reads an answer of any length. */
static void exchange(run *run, us_buffer *frame, uint8_t type, uint8_t expected) {
  uint8_t head[US_WIRE_HEADER_BYTES];
  seal(frame, type, ++run->sequence, 0);
  endpoint_send(run->fd, frame->bytes, frame->size + US_WIRE_TRAILER_BYTES);
  if (!endpoint_receive(run->fd, head, sizeof head) || head[5] != expected) {
    endpoint_fail("server", "refuses, or speaks another protocol");
  }
  uint32_t length;
  memcpy(&length, head, 4);
  size_t rest = length + 4 - US_WIRE_HEADER_BYTES;
  uint8_t *body = malloc(rest + 1);
  if (body == NULL || (rest > 0 && !endpoint_receive(run->fd, body, rest))) {
    endpoint_fail("server", "ends within a frame");
  }
  free(body);
}

static void greet(run *run) {
  uint8_t bytes[64] = {0};
  us_buffer frame = {.bytes = bytes, .size = 55, .room = sizeof bytes};
  put(bytes, 24, "UNDRSTDY", 8);
  bytes[48] = 5;
  put(bytes, 50, "bench", 5);
  exchange(run, &frame, 1, 2);
}

static void open_bank(run *run, const char *circuit, uint32_t instances) {
  uint8_t bytes[512] = {0};
  size_t name = strlen(circuit);
  if (name > 255) {
    endpoint_fail(circuit, "too long");
  }
  us_buffer frame = {.bytes = bytes, .size = 41 + name, .room = sizeof bytes};
  put_u32(bytes, 24, instances);
  bytes[32] = (uint8_t)name;
  bytes[34] = 1;
  put(bytes, 40, circuit, name);
  bytes[40 + name] = 'b';
  exchange(run, &frame, 3, 4);
}

static void fill_step(run *run, uint32_t instances) {
  uint8_t *bytes = run->out.bytes;
  put_u32(bytes, 24, 1);
  put_u32(bytes, 28, 0);
  put_u32(bytes, 32, 0);
  put_u32(bytes, 36, instances);
  put_u32(bytes, 40, 1);
  put_u32(bytes, 44, 0);
  for (uint32_t i = 0; i < instances; i++) {
    double value = (double)(i % 100) / 100.0;
    put(bytes, 48 + (size_t)i * 8, &value, 8);
  }
}

static int64_t now_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* A frame and its answer; to a server of ours with the checksums of both, as the shim has them. */
static void trip(run *run, int is_frames) {
  run->sequence++;
  run->time_fs += run->period_fs;
  if (is_frames) {
    seal(&run->out, STEP, run->sequence, run->time_fs);
  }
  endpoint_send(run->fd, run->out.bytes, run->out.size + US_WIRE_TRAILER_BYTES);
  if (!endpoint_receive(run->fd, run->in, run->in_bytes)) {
    endpoint_fail("server", "gone");
  }
  if (is_frames && !us_frame_is_whole(run->in)) {
    endpoint_fail("answer", "garbled");
  }
}

static void check_answer(const run *run) {
  uint32_t length;
  memcpy(&length, run->in, 4);
  if (run->in[5] != ANSWER || length + 4 != run->in_bytes) {
    endpoint_fail("answer", "not an ANSWER of all instances");
  }
}

static int ascending(const void *left, const void *right) {
  int64_t a = *(const int64_t *)left;
  int64_t b = *(const int64_t *)right;
  return (a > b) - (a < b);
}

static long number(const char *text, long least) {
  char *end;
  long value = strtol(text, &end, 10);
  if (*end != '\0' || value < least) {
    endpoint_fail(text, "(expected: a number)");
  }
  return value;
}

int main(int argc, char **argv) {
  int is_frames = argc == 8 && strcmp(argv[1], "frames") == 0;
  if (!is_frames && !(argc == 6 && strcmp(argv[1], "bytes") == 0)) {
    endpoint_fail("arguments", "(expected: frames ADDRESS CIRCUIT PERIOD_FS INSTANCES WARM_UP "
                               "ROUNDS, or bytes ADDRESS INSTANCES WARM_UP ROUNDS)");
  }
  char **counts = argv + (is_frames ? 5 : 3);
  uint32_t instances = (uint32_t)number(counts[0], 1);
  long warm_up = number(counts[1], 0);
  long rounds = number(counts[2], 1);
  size_t rows = instances;
  run run = {.fd = endpoint_connect(argv[2]),
             .period_fs = is_frames ? number(argv[4], 1) : 1,
             .in_bytes = 56 + rows * 32 + ((rows * 4 + 7) & ~(size_t)7) + US_WIRE_TRAILER_BYTES};
  run.out.size = 48 + rows * 8;
  run.out.room = run.out.size + US_WIRE_TRAILER_BYTES;
  run.out.bytes = calloc(run.out.room, 1);
  run.in = calloc(run.in_bytes, 1);
  int64_t *taken = calloc((size_t)rounds, sizeof *taken);
  if (run.out.bytes == NULL || run.in == NULL || taken == NULL) {
    endpoint_fail("memory", "refused");
  }
  if (is_frames) {
    greet(&run);
    open_bank(&run, argv[3], instances);
  } else {
    uint64_t sizes[2] = {run.out.room, run.in_bytes};
    endpoint_send(run.fd, sizes, sizeof sizes);
  }
  fill_step(&run, instances);
  for (long i = 0; i < warm_up; i++) {
    trip(&run, is_frames);
  }
  for (long i = 0; i < rounds; i++) {
    int64_t start = now_ns();
    trip(&run, is_frames);
    taken[i] = now_ns() - start;
  }
  if (is_frames) {
    check_answer(&run);
  }
  close(run.fd);
  qsort(taken, (size_t)rounds, sizeof *taken, ascending);
  printf("median_ns=%" PRId64 " p10_ns=%" PRId64 "\n", taken[rounds / 2], taken[rounds / 10]);
  free(taken);
  free(run.in);
  free(run.out.bytes);
  return 0;
}
