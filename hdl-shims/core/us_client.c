/* The session: its beginning, its end and its table of banks. */
#define _POSIX_C_SOURCE 200809L

#include "us_client.h"

#include "us_session.h"
#include "us_wire.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

us_client *us_client_new(const char *client_name) {
  us_client *client = calloc(1, sizeof *client);
  if (client == NULL) {
    return NULL;
  }
  client->name = strdup(client_name);
  const char *strict = getenv("UNDERSTUDY_STRICT");
  client->is_strict = strict != NULL && strict[0] != '\0' && strcmp(strict, "0") != 0;
  if (client->name == NULL) {
    free(client);
    return NULL;
  }
  return client;
}

const char *us_client_error(const us_client *client) { return client->error.text; }

void us_client_set_strict(us_client *client, bool is_strict) { client->is_strict = is_strict; }

void us_client_set_deadline_s(us_client *client, int64_t deadline_s) {
  client->has_deadline = true;
  client->deadline_s = deadline_s;
}

char *us_client_take_notes(us_client *client) {
  char *notes = client->notes;
  client->notes = NULL;
  return notes;
}

const char *us_client_summary(const us_client *client) {
  return client->summary != NULL ? client->summary : "";
}

bool us_fail_at(us_client *client, const char *path, int64_t time_fs, const us_error *cause) {
  return us_error_set(&client->error, "%s at %" PRId64 ".%06" PRId64 " ns: %s", path,
                      time_fs / 1000000, time_fs % 1000000, cause->text);
}

us_bank *us_client_bank(us_client *client, int handle) {
  if (handle >= 1 && handle <= client->bank_count) {
    return client->banks[handle - 1];
  }
  us_error_set(&client->error, "handle: %d (expected: 1 to %d, as $us_open gave it)", handle,
               client->bank_count);
  return NULL;
}

static bool send_close(us_client *client, int64_t time_fs, us_error *error) {
  client->link.out.size = US_WIRE_HEADER_BYTES;
  return us_link_exchange(&client->link, US_FRAME_TYPE_CLOSE, time_fs, US_FRAME_TYPE_SUMMARY,
                          error);
}

bool us_client_close(us_client *client, int64_t time_fs) {
  if (client->is_closed || client->bank_count == 0) {
    return true;
  }
  client->is_closed = true;
  us_error cause = {""};
  bool is_done = (client->posted_count == 0 || us_step_exchange(client, &cause)) &&
                 send_close(client, time_fs, &cause) && us_summary_parse(client, &cause) &&
                 us_flags_check_end(client, &cause) && us_summary_render(client, &cause);
  const char *file = getenv("UNDERSTUDY_SUMMARY");
  if (is_done && file != NULL && file[0] != '\0') {
    is_done = us_summary_write(client, file, &cause);
  }
  us_link_close(&client->link);
  return is_done || us_fail_at(client, client->banks[0]->path, time_fs, &cause);
}

static void free_bank(us_bank *bank) {
  us_layout_free(&bank->layout);
  free(bank->path);
  free(bank->circuit);
  free(bank->changed);
  free(bank->changed_ps);
  free(bank->row_step);
  free(bank->row_energy_j);
  free(bank->row_latency_s);
  free(bank->values);
  free(bank->codes);
  free(bank->row_words);
  us_flags_free(bank);
  free(bank);
}

void us_client_free(us_client *client) {
  if (client == NULL) {
    return;
  }
  us_link_close(&client->link);
  for (int i = 0; i < client->bank_count; i++) {
    free_bank(client->banks[i]);
  }
  free(client->banks);
  free(client->posted);
  free(client->summary);
  free(client->notes);
  free(client->name);
  free(client);
}
