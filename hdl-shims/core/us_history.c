#include "us_history.h"

#include "us_bytes.h"

#define ENTRY_BYTES 8
#define CHUNK_BYTES 16 /* total and offset before a part of a checkpoint */

/* A checkpoint's own size times this is what may be sent until the next one. */
#define FRAMES_PER_CHECKPOINT 4

static us_deadline attempt(const us_link *link) { return us_deadline_after(link->timeout_ms); }

static bool note_open(us_link *link, us_error *error) {
  static const uint8_t zeros[8];
  us_buffer *opens = &link->history.opens;
  uint64_t length = link->out.size - US_WIRE_HEADER_BYTES;
  uint8_t head[8];
  us_put_u64(head, length);
  link->history.open_count++;
  /* Bit 3 of the flags in OPENED. */
  link->is_restorable =
      link->is_restorable && (us_get_u32(link->in.bytes + 28) & US_BANK_FLAG_RESTORABLE) != 0;
  return us_buffer_append(opens, head, sizeof head, error) &&
         us_buffer_append(opens, link->out.bytes + US_WIRE_HEADER_BYTES, length, error) &&
         us_buffer_append(opens, zeros, us_padded(length) - length, error);
}

static enum us_outcome query(us_link *link, uint8_t type, uint64_t sequence, uint8_t expected,
                             us_error *error) {
  us_deadline deadline = attempt(link);
  if (!us_frame_seal(&link->aux, type, sequence, 0, error)) {
    return US_REFUSED;
  }
  enum us_outcome outcome = us_transfer_send(link, link->aux.bytes, deadline, error);
  return outcome == US_DONE ? us_transfer_receive(link, sequence, expected, deadline, error)
                            : outcome;
}

/* Fetches a checkpoint part by part; incoming holds it when all is there. */
static enum us_outcome fetch(us_link *link, us_error *error) {
  us_buffer *into = &link->history.incoming;
  into->size = 0;
  for (;;) {
    if (!us_buffer_reserve(&link->aux, US_WIRE_HEADER_BYTES + 8, error)) {
      return US_REFUSED;
    }
    us_put_u64(link->aux.bytes + US_WIRE_HEADER_BYTES, into->size);
    link->aux.size = US_WIRE_HEADER_BYTES + 8;
    enum us_outcome outcome =
        query(link, US_FRAME_TYPE_SAVE, link->sequence, US_FRAME_TYPE_SAVED, error);
    if (outcome != US_DONE) {
      return outcome;
    }
    const uint8_t *part = link->in.bytes + US_WIRE_HEADER_BYTES;
    if (link->in.size <= US_WIRE_HEADER_BYTES + CHUNK_BYTES || us_get_u64(part + 8) != into->size) {
      us_error_set(error, "SAVED: %zu bytes (expected: the part at %zu)", link->in.size,
                   into->size);
      return US_LOST;
    }
    uint64_t total = us_get_u64(part);
    size_t count = link->in.size - US_WIRE_HEADER_BYTES - CHUNK_BYTES;
    if (!us_buffer_append(into, part + CHUNK_BYTES, count, error)) {
      return US_REFUSED;
    }
    if (into->size >= total) {
      return US_DONE;
    }
  }
}

/* A lost server is no failure here: it is looked for when the next frame is sent. */
static bool take_checkpoint(us_link *link, us_error *error) {
  us_history *history = &link->history;
  us_error lost = {""};
  switch (fetch(link, &lost)) {
  case US_REFUSED:
    *error = lost;
    return false;
  case US_LOST:
    us_transfer_close(link);
    return true;
  case US_DONE:
    break;
  }
  us_buffer old = history->checkpoint;
  history->checkpoint = history->incoming;
  history->incoming = old;
  history->checkpoint_sequence = link->sequence;
  history->checkpoint_open_count = history->open_count;
  history->checkpoint_opens_size = history->opens.size;
  history->frames.size = 0;
  size_t least = FRAMES_PER_CHECKPOINT * history->checkpoint.size;
  history->budget = history->budget > least ? history->budget : least;
  return true;
}

bool us_history_note(us_link *link, uint32_t answer_checksum, us_error *error) {
  us_history *history = &link->history;
  if (link->deadline_ms == 0) {
    return true;
  }
  uint8_t entry[ENTRY_BYTES];
  us_put_u32(entry, answer_checksum);
  us_put_u32(entry + 4, 0);
  size_t bytes = us_frame_bytes(link->out.bytes);
  if (history->frames.bytes == NULL &&
      !us_buffer_reserve(&history->frames, history->budget + 4096, error)) {
    return false;
  }
  if (!us_buffer_append(&history->frames, entry, sizeof entry, error) ||
      !us_buffer_append(&history->frames, link->out.bytes, bytes, error) ||
      (link->out.bytes[5] == US_FRAME_TYPE_OPEN && !note_open(link, error))) {
    return false;
  }
  if (!link->is_restorable) {
    history->frames.size = 0; /* a lost server cannot be made up for */
  }
  return true;
}

bool us_history_settle(us_link *link, us_error *error) {
  us_history *history = &link->history;
  return history->frames.size <= history->budget || link->channel == NULL ||
         take_checkpoint(link, error);
}

/* Byte number `at` on of what RESTORE carries: the number of OPENs, the OPENs, the checkpoint. */
static void copy_stream(const us_history *history, uint64_t at, uint8_t *to, size_t count) {
  uint8_t head[8];
  us_put_u64(head, history->checkpoint_open_count);
  const struct {
    const uint8_t *bytes;
    size_t size;
  } pieces[] = {{head, sizeof head},
                {history->opens.bytes, history->checkpoint_opens_size},
                {history->checkpoint.bytes, history->checkpoint.size}};
  uint64_t first = 0;
  for (size_t p = 0; p < 3 && count > 0; p++) {
    uint64_t end = first + pieces[p].size;
    if (at < end) {
      size_t here = end - at < count ? (size_t)(end - at) : count;
      memcpy(to, pieces[p].bytes + (at - first), here);
      at += here;
      to += here;
      count -= here;
    }
    first = end;
  }
}

static enum us_outcome restore(us_link *link, us_error *error) {
  const us_history *history = &link->history;
  uint64_t total = 8 + history->checkpoint_opens_size + history->checkpoint.size;
  for (uint64_t at = 0; at < total;) {
    size_t count =
        total - at < US_WIRE_MAX_CHUNK_BYTES ? (size_t)(total - at) : US_WIRE_MAX_CHUNK_BYTES;
    link->aux.size = US_WIRE_HEADER_BYTES + CHUNK_BYTES + count;
    if (!us_buffer_reserve(&link->aux, link->aux.size, error)) {
      return US_REFUSED;
    }
    uint8_t *part = link->aux.bytes + US_WIRE_HEADER_BYTES;
    us_put_u64(part, total);
    us_put_u64(part + 8, at);
    copy_stream(history, at, part + CHUNK_BYTES, count);
    enum us_outcome outcome = query(link, US_FRAME_TYPE_RESTORE, history->checkpoint_sequence,
                                    US_FRAME_TYPE_RESTORED, error);
    if (outcome != US_DONE) {
      return outcome;
    }
    at += count;
  }
  return US_DONE;
}

enum us_outcome us_history_replay(us_link *link, us_deadline deadline, us_error *error) {
  const us_history *history = &link->history;
  if (history->checkpoint.size > 0) {
    enum us_outcome outcome = restore(link, error);
    if (outcome != US_DONE) {
      return outcome;
    }
  }
  for (size_t at = 0; at < history->frames.size;) {
    const uint8_t *frame = history->frames.bytes + at + ENTRY_BYTES;
    uint64_t sequence = us_get_u64(frame + 8);
    us_deadline one = attempt(link);
    one.at_ms = one.at_ms < deadline.at_ms ? one.at_ms : deadline.at_ms;
    enum us_outcome outcome = us_transfer_send(link, frame, one, error);
    if (outcome == US_DONE) {
      outcome = us_transfer_receive(link, sequence, US_ANY_TYPE, one, error);
    }
    if (outcome != US_DONE) {
      return outcome;
    }
    uint32_t first = us_get_u32(history->frames.bytes + at);
    uint32_t again = us_frame_checksum(link->in.bytes);
    if (first != again) {
      us_error_set(error,
                   "replayed frame %llu: answer of checksum %08x (expected: %08x, as at first; a "
                   "server with the same models gives the same bits)",
                   (unsigned long long)sequence, again, first);
      return US_REFUSED;
    }
    at += ENTRY_BYTES + us_frame_bytes(frame);
  }
  return US_DONE;
}

void us_history_free(us_history *history) {
  us_buffer_free(&history->opens);
  us_buffer_free(&history->checkpoint);
  us_buffer_free(&history->frames);
  us_buffer_free(&history->incoming);
}
