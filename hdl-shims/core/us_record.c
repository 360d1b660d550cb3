/* A record is a gzip stream, which gzip itself unpacks into a pipe: the shim links nothing. */
#define _GNU_SOURCE

#include "us_record.h"

#include "us_bytes.h"
#include "us_wire.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

enum {
  MAGIC_BYTES = 8,
  HEAD_BYTES = 16,
  CHUNK_HEAD_BYTES = 12,
  VERSION = 1,
  REQUEST = 1,
  REPLY = 2,
  BUFFER_BYTES = 1 << 16,
  TYPE_AT = 5,
  /* From the time on a frame is what the simulator said; before it stand numbers of the link. */
  TIME_AT = 16,
  /* A frame's last bytes, which the server takes off before it records a request. */
  CHECKSUM_BYTES = 4
};

typedef struct recording {
  us_address address;
  int fd;
  pid_t unpacker;
  bool has_failed;
  us_error failure;
  bool has_session;
  uint32_t session;
  uint8_t *chunk; /* the last chunk's payload */
  size_t chunk_room;
  size_t chunk_size;
  size_t taken; /* of a reply in the chunk */
  size_t buffered;
  size_t used;
  uint8_t buffer[BUFFER_BYTES];
} recording;

static int64_t now_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * INT64_C(1000) + now.tv_nsec / 1000000;
}

static const char *path_of(const us_address *address) { return address->text + strlen("record:"); }

/* Fills the buffer; false with an error where the record ends or the deadline passes. */
static bool fill(recording *record, us_deadline deadline, us_error *error) {
  while (1) {
    int64_t left = deadline.at_ms - now_ms();
    struct pollfd poller = {record->fd, POLLIN, 0};
    int ready = poll(&poller, 1, left < 0 ? 0 : left > 1000 ? 1000 : (int)left);
    if (ready == 0 && left <= 0) {
      return us_error_set(error, "%s: not unpacked after %lld ms (expected: within that)",
                          record->address.text, (long long)deadline.timeout_ms);
    }
    if (ready <= 0) {
      continue;
    }
    ssize_t got = read(record->fd, record->buffer, sizeof record->buffer);
    if (got > 0) {
      record->buffered = (size_t)got;
      record->used = 0;
      return true;
    }
    if (got == 0) {
      return us_error_set(error, "%s: ends here (expected: a readable record of a whole session)",
                          record->address.text);
    }
    if (errno != EINTR) {
      return us_error_set(error, "%s: %s", record->address.text, strerror(errno));
    }
  }
}

static bool take(recording *record, uint8_t *bytes, size_t count, us_deadline deadline,
                 us_error *error) {
  while (count > 0) {
    if (record->used == record->buffered && !fill(record, deadline, error)) {
      return false;
    }
    size_t part = record->buffered - record->used;
    part = part < count ? part : count;
    memcpy(bytes, record->buffer + record->used, part);
    record->used += part;
    bytes += part;
    count -= part;
  }
  return true;
}

/* The next chunk of that kind of the record's first session; others are passed over. */
static bool next_chunk(recording *record, uint32_t kind, us_deadline deadline, us_error *error) {
  while (1) {
    uint8_t head[CHUNK_HEAD_BYTES];
    if (!take(record, head, sizeof head, deadline, error)) {
      return false;
    }
    uint32_t session = us_get_u32(head + 4);
    record->chunk_size = us_get_u32(head + 8);
    if (record->chunk_size > record->chunk_room) {
      uint8_t *grown = realloc(record->chunk, record->chunk_size);
      if (grown == NULL) {
        return us_error_set(error, "%s: chunk of %zu bytes (expected: room for it)",
                            record->address.text, record->chunk_size);
      }
      record->chunk = grown;
      record->chunk_room = record->chunk_size;
    }
    if (!take(record, record->chunk, record->chunk_size, deadline, error)) {
      return false;
    }
    if (!record->has_session) {
      record->has_session = true;
      record->session = session;
    }
    if (us_get_u32(head) == kind && session == record->session) {
      record->taken = 0;
      return true;
    }
  }
}

static void close_record(void *channel) {
  recording *record = channel;
  if (record->fd >= 0) {
    close(record->fd);
  }
  if (record->unpacker > 0) {
    kill(record->unpacker, SIGKILL);
    waitpid(record->unpacker, NULL, 0);
  }
  free(record->chunk);
  free(record);
}

static bool unpack(recording *record, us_error *error) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) {
    return us_error_set(error, "%s: pipe: %s", record->address.text, strerror(errno));
  }
  record->fd = ends[0];
  char program[] = "gzip";
  char option[] = "-dc";
  char separator[] = "--";
  char *path = strdup(path_of(&record->address));
  char *arguments[] = {program, option, separator, path, NULL};
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  int status = path == NULL
                   ? ENOMEM
                   : posix_spawnp(&record->unpacker, program, &actions, NULL, arguments, environ);
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  free(path);
  if (status != 0) {
    record->unpacker = 0;
    return us_error_set(error, "%s: gzip: %s (expected: gzip on the PATH)", record->address.text,
                        strerror(status));
  }
  return true;
}

static void *open_record(const us_address *address, us_deadline deadline, us_error *error) {
  recording *record = calloc(1, sizeof *record);
  if (record == NULL) {
    us_error_set(error, "%s: memory refused", address->text);
    return NULL;
  }
  record->address = *address;
  record->fd = -1;
  uint8_t head[HEAD_BYTES];
  if (access(path_of(address), R_OK) != 0) {
    us_error_set(error, "%s: %s (expected: a record)", address->text, strerror(errno));
  } else if (unpack(record, error) && take(record, head, sizeof head, deadline, error)) {
    if (memcmp(head, "USRECORD", MAGIC_BYTES) == 0 && us_get_u32(head + MAGIC_BYTES) == VERSION) {
      return record;
    }
    us_error_set(error, "%s: no record of version %d (expected: understudy run --record)",
                 address->text, VERSION);
  }
  close_record(record);
  return NULL;
}

/* Finds the answer to a frame, which must be the next that was sent. */
static bool find_answer(recording *record, const uint8_t *bytes, size_t count, us_deadline deadline,
                        us_error *error) {
  if (!next_chunk(record, REQUEST, deadline, error)) {
    return false;
  }
  const uint8_t *then = record->chunk;
  size_t size = record->chunk_size;
  bool same = size > TIME_AT && count > TIME_AT && then[TYPE_AT] == bytes[TYPE_AT];
  if (same && bytes[TYPE_AT] != US_FRAME_TYPE_HELLO) {
    same = (size == count || size + CHECKSUM_BYTES == count) &&
           memcmp(then + TIME_AT, bytes + TIME_AT, size - TIME_AT) == 0;
  }
  if (!same) {
    bool timed = count >= TIME_AT + 8 && size >= TIME_AT + 8;
    return us_error_set(
        error,
        "%s: frame of type %d at %lld fs: not what was sent then (expected: type %d at %lld fs, "
        "the "
        "same design, testbench and wrappers)",
        record->address.text, bytes[TYPE_AT], timed ? (long long)us_get_i64(bytes + TIME_AT) : 0LL,
        size > TYPE_AT ? then[TYPE_AT] : 0, timed ? (long long)us_get_i64(then + TIME_AT) : 0LL);
  }
  return next_chunk(record, REPLY, deadline, error);
}

static bool send_frame(void *channel, const uint8_t *bytes, size_t count, us_deadline deadline,
                       us_error *error) {
  recording *record = channel;
  record->has_failed = !find_answer(record, bytes, count, deadline, error);
  if (record->has_failed) {
    record->failure = *error;
  }
  return !record->has_failed;
}

static size_t receive_frame(void *channel, uint8_t *bytes, size_t room, us_deadline deadline,
                            us_error *error) {
  (void)deadline;
  recording *record = channel;
  /* Whoever could not send may still look for a last word. */
  if (record->has_failed) {
    *error = record->failure;
    return 0;
  }
  size_t left = record->chunk_size - record->taken;
  if (left == 0) {
    us_error_set(error, "%s: no further answer (expected: a frame first)", record->address.text);
    return 0;
  }
  size_t part = left < room ? left : room;
  memcpy(bytes, record->chunk + record->taken, part);
  record->taken += part;
  return part;
}

const us_channel_table us_record_table = {US_CHANNEL_ABI, open_record, send_frame, receive_frame,
                                          close_record};
