#define _POSIX_C_SOURCE 200809L

#include "us_link.h"

#include "us_bytes.h"
#include "us_history.h"

#include <stdlib.h>
#include <time.h>

#define FIRST_PAUSE_MS 10
#define LONGEST_PAUSE_MS 500

static int64_t left_ms(us_deadline deadline) { return deadline.at_ms - us_deadline_after(0).at_ms; }

/* The time for one attempt: never beyond the deadline for finding the server again. */
static us_deadline attempt(const us_link *link) {
  us_deadline deadline = us_deadline_after(link->timeout_ms);
  if (link->deadline_ms > 0 && link->is_known && deadline.at_ms > link->given_up.at_ms) {
    deadline.at_ms = link->given_up.at_ms;
  }
  return deadline;
}

static void wait_ms(int64_t milliseconds) {
  struct timespec pause = {milliseconds / 1000, milliseconds % 1000 * 1000000};
  nanosleep(&pause, NULL);
}

static enum us_outcome say_hello(us_link *link, us_error *error) {
  size_t length = strlen(link->client_name);
  const char *secret = getenv("UNDERSTUDY_TOKEN");
  size_t secret_length = secret != NULL ? strlen(secret) : 0;
  if (secret_length > UINT16_MAX) {
    us_error_set(error, "UNDERSTUDY_TOKEN: %zu bytes (expected: at most %d)", secret_length,
                 UINT16_MAX);
    return US_REFUSED;
  }
  us_buffer *aux = &link->aux;
  aux->size = US_WIRE_HEADER_BYTES + 26 + length + (secret_length > 0 ? 2 + secret_length : 0);
  if (!us_buffer_reserve(aux, aux->size, error)) {
    return US_REFUSED;
  }
  memcpy(aux->bytes + 24, "UNDRSTDY", 8);
  memcpy(aux->bytes + 32, link->token, US_WIRE_TOKEN_BYTES);
  us_put_u16(aux->bytes + 48, (uint16_t)length);
  memcpy(aux->bytes + 50, link->client_name, length);
  if (secret_length > 0) {
    us_put_u16(aux->bytes + 50 + length, (uint16_t)secret_length);
    memcpy(aux->bytes + 52 + length, secret, secret_length);
  }
  us_deadline deadline = attempt(link);
  if (!us_frame_seal(aux, US_FRAME_TYPE_HELLO, 1, 0, error)) {
    return US_REFUSED;
  }
  /* A server that refuses at once leaves its ERROR to be read, even if it did not read HELLO. */
  us_transfer_send(link, aux->bytes, deadline, error);
  enum us_outcome outcome = us_transfer_receive(link, 1, US_FRAME_TYPE_WELCOME, deadline, error);
  if (outcome != US_DONE) {
    /* A full server may have room again when it has noticed that the old connection has ended. */
    return link->is_known && link->in.size > 26 &&
                   us_get_u16(link->in.bytes + 24) == US_WIRE_ERROR_LIMIT
               ? US_LOST
               : outcome;
  }
  if (link->in.size < US_WIRE_HEADER_BYTES + 26) {
    us_error_set(error, "server: WELCOME of %zu bytes (expected: at least %d)", link->in.size,
                 US_WIRE_HEADER_BYTES + 26);
    return US_REFUSED;
  }
  memcpy(link->token, link->in.bytes + 32, US_WIRE_TOKEN_BYTES);
  link->is_known = true;
  return US_DONE;
}

static enum us_outcome rebuild(us_link *link, us_error *error) {
  link->channel = link->carrier->open(&link->address, attempt(link), error);
  if (link->channel == NULL) {
    return US_LOST;
  }
  enum us_outcome outcome = say_hello(link, error);
  return outcome == US_DONE ? us_history_replay(link, link->given_up, error) : outcome;
}

/* The server is lost: finds one again and rebuilds the session there. */
static bool recover(us_link *link, us_error *error) {
  us_error first = *error;
  us_error last = {""};
  unsigned long long good = link->sequence > 0 ? link->sequence - 1 : 0;
  us_transfer_close(link);
  if (link->deadline_ms == 0 || !link->is_restorable) {
    return us_error_set(error, "%.700s; last good frame %llu, %s", first.text, good,
                        link->deadline_ms == 0
                            ? "and UNDERSTUDY_DEADLINE_S is 0"
                            : "and this backend's state cannot be restored elsewhere");
  }
  for (int64_t pause_ms = FIRST_PAUSE_MS; left_ms(link->given_up) > 0;) {
    switch (rebuild(link, &last)) {
    case US_DONE:
      return true;
    case US_REFUSED:
      us_transfer_close(link);
      return us_error_set(error, "%.400s; session not resumed, last good frame %llu: %.400s",
                          first.text, good, last.text);
    case US_LOST:
      us_transfer_close(link);
    }
    int64_t rest_ms = left_ms(link->given_up);
    wait_ms(pause_ms < rest_ms ? pause_ms : rest_ms > 0 ? rest_ms : 0);
    pause_ms = 2 * pause_ms < LONGEST_PAUSE_MS ? 2 * pause_ms : LONGEST_PAUSE_MS;
  }
  return us_error_set(error,
                      "%.400s; session not resumed within %lld s, last good frame %llu: %.400s",
                      first.text, (long long)link->deadline_ms / 1000, good, last.text);
}

bool us_link_send(us_link *link, uint8_t type, int64_t time_fs, uint8_t expected, us_error *error) {
  (void)expected;
  link->given_up = us_deadline_after(link->deadline_ms);
  if (!us_history_settle(link, error) ||
      !us_frame_seal(&link->out, type, link->sequence + 1, time_fs, error)) {
    return false;
  }
  link->sequence++;
  us_error lost = {""};
  /* A server that is lost is found again when its answer is wanted; one that refused the session
   * leaves its ERROR to be read by then. */
  us_transfer_send(link, link->out.bytes, attempt(link), &lost);
  return true;
}

bool us_link_receive(us_link *link, uint8_t expected, us_error *error) {
  us_error cause = {"connection lost (expected: a running server)"};
  link->given_up = us_deadline_after(link->deadline_ms);
  enum us_outcome outcome =
      us_transfer_receive(link, link->sequence, expected, attempt(link), &cause);
  while (outcome == US_LOST) {
    if (!recover(link, &cause)) {
      break;
    }
    us_deadline deadline = attempt(link);
    outcome = us_transfer_send(link, link->out.bytes, deadline, &cause);
    if (outcome == US_DONE) {
      outcome = us_transfer_receive(link, link->sequence, expected, deadline, &cause);
    }
  }
  if (outcome != US_DONE) {
    *error = cause;
    return false;
  }
  return us_history_note(link, us_frame_checksum(link->in.bytes), error);
}

bool us_link_exchange(us_link *link, uint8_t type, int64_t time_fs, uint8_t expected,
                      us_error *error) {
  return us_link_send(link, type, time_fs, expected, error) &&
         us_link_receive(link, expected, error);
}

bool us_link_open(us_link *link, const us_address *address, const char *client_name,
                  us_error *error) {
  link->address = *address;
  link->sequence = 1;
  link->is_restorable = true;
  link->client_name = strdup(client_name);
  link->carrier = us_channel_find(address, error);
  if (link->client_name == NULL || link->carrier == NULL) {
    return false;
  }
  link->given_up = us_deadline_after(link->deadline_ms);
  link->channel = link->carrier->open(address, us_deadline_after(link->timeout_ms), error);
  if (link->channel == NULL) {
    return false;
  }
  /* A server that was never met is not waited for: there is nothing to lose yet, and what went
   * wrong (a token, a certificate, another protocol) would go wrong again. */
  enum us_outcome outcome = say_hello(link, error);
  if (outcome == US_LOST) {
    us_error cause = *error;
    us_error_set(error, "%.700s; no session yet, last good frame 0", cause.text);
  }
  return outcome == US_DONE;
}

void us_link_close(us_link *link) {
  us_transfer_close(link);
  us_buffer_free(&link->out);
  us_buffer_free(&link->in);
  us_buffer_free(&link->aux);
  us_history_free(&link->history);
  free(link->client_name);
  link->client_name = NULL;
}
