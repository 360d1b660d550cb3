#define _POSIX_C_SOURCE 200809L

#include "us_record.h"

#include "us_bytes.h"
#include "us_record_file.h"
#include "us_wire.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
  TYPE_AT = 5,
  /* From the time on a frame is what the simulator said; before it stand numbers of the link. */
  TIME_AT = 16,
  /* A frame's last bytes, which the server takes off before it records a request. */
  CHECKSUM_BYTES = 4
};

/* Of all frames so far and their answers: FNV-1a, 64 bits. */
static const uint64_t DIGEST_START = UINT64_C(0xcbf29ce484222325);

typedef struct recording {
  us_address address;
  char *path;
  uint32_t only; /* the one session to play, from 1; 0: whichever fits */
  us_record_file *file;
  uint32_t *sessions; /* the numbers of those that were met, in their order */
  uint32_t session_count;
  uint32_t playing; /* place among these, from 1 */
  uint64_t digest;
  uint64_t exchanges;
  us_record_chunk reply;
  size_t taken; /* of the reply */
  bool has_failed;
  us_error failure;
} recording;

static uint64_t digest(uint64_t so_far, const uint8_t *bytes, size_t count) {
  for (size_t i = 0; i < count; i++) {
    so_far = (so_far ^ bytes[i]) * UINT64_C(0x100000001b3);
  }
  return so_far;
}

/* Notes a session that was not met before; its place, from 1; 0 with an error if memory is short.
 */
static uint32_t place_of(recording *record, uint32_t session, us_error *error) {
  for (uint32_t i = 0; i < record->session_count; i++) {
    if (record->sessions[i] == session) {
      return i + 1;
    }
  }
  uint32_t *grown =
      realloc(record->sessions, (record->session_count + 1) * sizeof *record->sessions);
  if (grown == NULL) {
    us_error_set(error, "%s: memory: session %u refused", record->address.text, session);
    return 0;
  }
  record->sessions = grown;
  record->sessions[record->session_count++] = session;
  return record->session_count;
}

/* The next chunk of that kind of the session that plays. */
static enum us_record_found next_chunk(recording *record, uint32_t kind, us_record_chunk *chunk,
                                       us_deadline deadline, us_error *error) {
  while (1) {
    enum us_record_found found = us_record_file_next(record->file, chunk, deadline, error);
    if (found != US_RECORD_FOUND) {
      return found;
    }
    uint32_t place = place_of(record, chunk->session, error);
    if (place == 0) {
      return US_RECORD_BROKEN;
    }
    if (chunk->kind == kind && place == record->playing) {
      return US_RECORD_FOUND;
    }
  }
}

static bool is_of_type(const us_record_chunk *chunk, uint8_t type) {
  return chunk->size > TYPE_AT && chunk->bytes[TYPE_AT] == type;
}

/* The next request that takes a turn. Checkpoints do not: whether they are fetched depends on the
 * address, and nothing is looked for again where there is no server. */
static enum us_record_found next_request(recording *record, us_record_chunk *chunk,
                                         us_deadline deadline, us_error *error) {
  enum us_record_found found;
  do {
    found = next_chunk(record, US_RECORD_REQUEST, chunk, deadline, error);
    if (found != US_RECORD_FOUND || !is_of_type(chunk, US_FRAME_TYPE_SAVE)) {
      return found;
    }
    found = next_chunk(record, US_RECORD_REPLY, chunk, deadline, error);
  } while (found == US_RECORD_FOUND);
  return found;
}

/* Adds an exchange to the digest and keeps its answer. A greeting has numbers of its own. */
static enum us_record_found take_reply(recording *record, const us_record_chunk *request,
                                       us_deadline deadline, us_error *error) {
  bool is_greeting = is_of_type(request, US_FRAME_TYPE_HELLO);
  uint64_t sum = record->digest;
  if (!is_greeting && request->size > TIME_AT) {
    /* The checksum may be there or not. */
    size_t whole = (size_t)us_get_u32(request->bytes) + 4;
    size_t end = request->size < whole ? request->size : whole - CHECKSUM_BYTES;
    sum = digest(sum, request->bytes + TYPE_AT, 1);
    sum = digest(sum, request->bytes + TIME_AT, end - TIME_AT);
  }
  enum us_record_found found = next_chunk(record, US_RECORD_REPLY, &record->reply, deadline, error);
  if (found == US_RECORD_FOUND) {
    record->digest = is_greeting ? sum : digest(sum, record->reply.bytes, record->reply.size);
    record->exchanges++;
    record->taken = 0;
  }
  return found;
}

static bool is_same(const us_record_chunk *then, const uint8_t *bytes, size_t count) {
  if (then->size <= TIME_AT || count <= TIME_AT || !is_of_type(then, bytes[TYPE_AT])) {
    return false;
  }
  return bytes[TYPE_AT] == US_FRAME_TYPE_HELLO ||
         ((then->size == count || then->size + CHECKSUM_BYTES == count) &&
          memcmp(then->bytes + TIME_AT, bytes + TIME_AT, then->size - TIME_AT) == 0);
}

static bool refuse(const recording *record, const us_record_chunk *then, const uint8_t *bytes,
                   size_t count, us_error *error) {
  bool timed = count >= TIME_AT + 8 && then->size >= TIME_AT + 8;
  return us_error_set(error,
                      "%s: frame of type %d at %lld fs: not what was sent then (expected: type %d "
                      "at %lld fs, the same design, testbench and wrappers)",
                      record->address.text, bytes[TYPE_AT],
                      timed ? (long long)us_get_i64(bytes + TIME_AT) : 0LL,
                      then->size > TYPE_AT ? then->bytes[TYPE_AT] : 0,
                      timed ? (long long)us_get_i64(then->bytes + TIME_AT) : 0LL);
}

/* The answer to a frame in the session that plays. */
static bool find_answer(recording *record, const uint8_t *bytes, size_t count, us_deadline deadline,
                        us_error *error) {
  us_record_chunk then;
  enum us_record_found found = next_request(record, &then, deadline, error);
  if (found == US_RECORD_END && record->playing > record->session_count) {
    return us_error_set(error, "%s: session %u (expected: 1 to %u)", record->address.text,
                        record->playing, record->session_count);
  }
  if (found != US_RECORD_FOUND) {
    return false;
  }
  return is_same(&then, bytes, count)
             ? take_reply(record, &then, deadline, error) == US_RECORD_FOUND
             : refuse(record, &then, bytes, count, error);
}

/* Begins the record anew and plays another session up to where the present one was. is_alike: it
 * had the same frames and answers until then. END: the record has no such session, or it is
 * shorter. */
static enum us_record_found switch_to(recording *record, uint32_t place, us_deadline deadline,
                                      bool *is_alike, us_error *error) {
  uint64_t digest_then = record->digest;
  uint64_t exchanges = record->exchanges;
  us_record_file_close(record->file);
  record->file = us_record_file_open(record->path, record->address.text, deadline, error);
  if (record->file == NULL) {
    return US_RECORD_BROKEN;
  }
  record->playing = place;
  record->digest = DIGEST_START;
  record->exchanges = 0;
  enum us_record_found found = US_RECORD_FOUND;
  while (record->exchanges < exchanges && found == US_RECORD_FOUND) {
    us_record_chunk request;
    found = next_request(record, &request, deadline, error);
    if (found == US_RECORD_FOUND) {
      found = take_reply(record, &request, deadline, error);
    }
  }
  *is_alike = found == US_RECORD_FOUND && record->digest == digest_then;
  record->digest = digest_then;
  record->exchanges = exchanges;
  return found;
}

/* The frame is not the next of the session that plays: looks for one that has all frames so far
 * and goes on with this one. */
static bool find_session(recording *record, const uint8_t *bytes, size_t count,
                         us_deadline deadline, us_error *error) {
  us_error other;
  for (uint32_t place = record->playing + 1;; place++) {
    bool is_alike;
    if (switch_to(record, place, deadline, &is_alike, &other) == US_RECORD_BROKEN) {
      break;
    }
    if (is_alike && find_answer(record, bytes, count, deadline, &other)) {
      return true;
    }
    if (place > record->session_count) {
      break; /* the whole record was looked through for it */
    }
  }
  if (record->session_count > 1) {
    us_error first = *error;
    us_error_set(error, "%.700s; none of the record's %u sessions has it", first.text,
                 record->session_count);
  }
  return false;
}

static bool send_frame(void *channel, const uint8_t *bytes, size_t count, us_deadline deadline,
                       us_error *error) {
  recording *record = channel;
  if (!record->has_failed) {
    record->has_failed =
        !find_answer(record, bytes, count, deadline, error) &&
        (record->only != 0 || !find_session(record, bytes, count, deadline, error));
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
  size_t left = record->reply.size - record->taken;
  if (left == 0) {
    us_error_set(error, "%s: no further answer (expected: a frame first)", record->address.text);
    return 0;
  }
  size_t part = left < room ? left : room;
  memcpy(bytes, record->reply.bytes + record->taken, part);
  record->taken += part;
  return part;
}

static void close_record(void *channel) {
  recording *record = channel;
  if (record->file != NULL) {
    us_record_file_close(record->file);
  }
  free(record->sessions);
  free(record->path);
  free(record);
}

/* FILE or FILE#N; a file whose name ends like that comes first. */
static bool read_address(recording *record, us_error *error) {
  record->path = strdup(record->address.text + strlen("record:"));
  if (record->path == NULL) {
    return us_error_set(error, "%s: memory refused", record->address.text);
  }
  char *mark = strrchr(record->path, '#');
  if (mark == NULL || access(record->path, F_OK) == 0) {
    return true;
  }
  char *end;
  long number = strtol(mark + 1, &end, 10);
  if (end == mark + 1 || *end != '\0' || number < 1 || number > UINT16_MAX) {
    return us_error_set(error, "%s: session %s (expected: a number from 1)", record->address.text,
                        mark + 1);
  }
  *mark = '\0';
  record->only = (uint32_t)number;
  return true;
}

static void *open_record(const us_address *address, us_deadline deadline, us_error *error) {
  recording *record = calloc(1, sizeof *record);
  if (record == NULL) {
    us_error_set(error, "%s: memory refused", address->text);
    return NULL;
  }
  record->address = *address;
  record->digest = DIGEST_START;
  if (read_address(record, error)) {
    record->playing = record->only != 0 ? record->only : 1;
    record->file = us_record_file_open(record->path, record->address.text, deadline, error);
  }
  if (record->file == NULL) {
    close_record(record);
    return NULL;
  }
  return record;
}

const us_channel_table us_record_table = {US_CHANNEL_ABI, open_record, send_frame, receive_frame,
                                          close_record};
