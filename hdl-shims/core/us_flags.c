/* Flags of answered rows: counted for each instance, the first of each kind told to people. */
#define _POSIX_C_SOURCE 200809L

#include "us_flags.h"

#include "us_bytes.h"
#include "us_session.h"
#include "us_wire.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define NOTICE_BYTES 8

static const struct {
  uint32_t flag;
  const char *name;
} KINDS[US_FLAG_KINDS] = {{US_ROW_FLAG_OUT_OF_RANGE, "outside the trained range"},
                          {US_ROW_FLAG_SATURATED, "output clamped"},
                          {US_ROW_FLAG_LATENCY_CLAMPED, "latency clamped"},
                          {US_ROW_FLAG_OUTPUT_MISSED, "output too late to be shown"}};

bool us_flags_allocate(us_bank *bank, us_error *error) {
  bank->flags.of = calloc((size_t)bank->instances, sizeof *bank->flags.of);
  return bank->flags.of != NULL ||
         us_error_set(error, "memory: %u instances refused", bank->instances);
}

void us_flags_free(us_bank *bank) { free(bank->flags.of); }

/* Appends a line to what the adapter is to print. */
static bool note(us_client *client, const us_bank *bank, const char *text, us_error *error) {
  us_error line = {""};
  us_error_set(&line, "%s at %" PRId64 ".%06" PRId64 " ns: %s", bank->path,
               client->step_time_fs / 1000000, client->step_time_fs % 1000000, text);
  size_t before = client->notes != NULL ? strlen(client->notes) : 0;
  size_t length = strlen(line.text);
  char *grown = realloc(client->notes, before + length + 2);
  if (grown == NULL) {
    return us_error_set(error, "memory: a note of %zu bytes refused", length);
  }
  client->notes = grown;
  memcpy(grown + before, line.text, length);
  memcpy(grown + before + length, "\n", 2);
  return true;
}

void us_flags_take(us_bank *bank, uint32_t instance, uint32_t row_flags, const uint8_t *outputs,
                   int64_t delay_fs) {
  us_flags *flags = &bank->flags;
  bool is_any = false;
  for (int kind = 0; kind < US_FLAG_KINDS; kind++) {
    if ((row_flags & KINDS[kind].flag) == 0) {
      continue;
    }
    us_first *first = &flags->first[kind];
    if (flags->count[kind]++ == 0) {
      first->instance = instance;
      first->time_fs = bank->client->step_time_fs;
      first->output = us_get_f64(outputs);
      first->delay_fs = delay_fs;
      first->is_fresh = true;
      bank->client->has_notes = true;
    }
    flags->of[instance].count[kind]++;
    is_any = true;
  }
  if (is_any && flags->of[instance].rows++ == 0) {
    flags->instances++;
  }
}

/* The server's notice about a bank, if the answer has one that is well formed. */
static bool find_notice(const us_bank *bank, const uint8_t *notices, size_t bytes, char *text,
                        size_t room) {
  size_t at = 0;
  while (bytes - at >= NOTICE_BYTES) {
    uint32_t number = us_get_u32(notices + at);
    size_t length = us_get_u32(notices + at + 4);
    at += NOTICE_BYTES;
    if (length > bytes - at) {
      return false;
    }
    if (number == bank->layout.bank) {
      length = length < room ? length : room - 1;
      for (size_t i = 0; i < length; i++) {
        uint8_t byte = notices[at + i];
        text[i] = byte < 0x20 || byte == 0x7f ? ' ' : (char)byte;
      }
      text[length] = '\0';
      return true;
    }
    size_t padded = us_padded(length);
    at += padded < bytes - at ? padded : bytes - at;
  }
  return false;
}

static void describe(us_bank *bank, int kind, const uint8_t *notices, size_t bytes, us_error *to) {
  const us_first *first = &bank->flags.first[kind];
  char detail[512];
  if (kind == US_FLAG_LATENCY) {
    us_error_set(to, "%s: instance %u: %.6f ns", KINDS[kind].name, first->instance,
                 (double)first->delay_fs * 1e-6);
  } else if (kind == US_FLAG_MISSED) {
    us_error_set(to, "%s: instance %u, in an idle period before", KINDS[kind].name,
                 first->instance);
  } else if (kind == US_FLAG_RANGE && find_notice(bank, notices, bytes, detail, sizeof detail)) {
    us_error_set(to, "%s: %s", KINDS[kind].name, detail);
  } else {
    us_error_set(to, "%s: instance %u: output %.9g", KINDS[kind].name, first->instance,
                 first->output);
  }
}

/* The first of each kind in a bank. */
static bool tell_bank(us_bank *bank, const uint8_t *notices, size_t bytes, us_error *error) {
  us_client *client = bank->client;
  for (int kind = 0; kind < US_FLAG_KINDS; kind++) {
    if (!bank->flags.first[kind].is_fresh) {
      continue;
    }
    bank->flags.first[kind].is_fresh = false;
    us_error text = {""};
    describe(bank, kind, notices, bytes, &text);
    if (client->is_strict) {
      return us_error_set(error, "%s: %.700s (expected: no flag, as +understudy_strict has it)",
                          bank->path, text.text);
    }
    if (!note(client, bank, text.text, error)) {
      return false;
    }
  }
  return true;
}

bool us_flags_tell(us_client *client, us_bank *const *banks, int count, const uint8_t *notices,
                   size_t bytes, us_error *error) {
  if (!client->has_notes) {
    return true;
  }
  client->has_notes = false;
  for (int i = 0; i < count; i++) {
    if (!tell_bank(banks[i], notices, bytes, error)) {
      return false;
    }
  }
  return true;
}

bool us_flags_check_end(us_client *client, us_error *error) {
  for (int i = 0; client->is_strict && i < client->bank_count; i++) {
    const us_bank *bank = client->banks[i];
    if (bank->totals.outside > 0) {
      return us_error_set(error,
                          "%s: %" PRIu64 " events outside the trained range (expected: none, as "
                          "+understudy_strict has it)",
                          bank->path, bank->totals.outside);
    }
  }
  return true;
}

void us_flags_print(const us_bank *bank, FILE *out) {
  const us_flags *flags = &bank->flags;
  if (flags->instances == 0 && bank->totals.outside == 0) {
    return;
  }
  fprintf(out, "understudy: %s:", bank->path);
  for (int kind = 0; kind < US_FLAG_KINDS; kind++) {
    if (flags->count[kind] > 0) {
      fprintf(out, " %s in %" PRIu64 " rows (first at %" PRId64 ".%06" PRId64 " ns);",
              KINDS[kind].name, flags->count[kind], flags->first[kind].time_fs / 1000000,
              flags->first[kind].time_fs % 1000000);
    }
  }
  fprintf(out, " %" PRIu32 " of %" PRIu32 " instances; %" PRIu64 " events outside the range\n",
          flags->instances, bank->instances, bank->totals.outside);
}

void us_flags_print_json(const us_bank *bank, FILE *out) {
  const us_flags *flags = &bank->flags;
  fprintf(out,
          ",\"outside_events\":%" PRIu64 ",\"outside_range\":%" PRIu64
          ",\"output_clamped\":%" PRIu64 ",\"latency_clamped\":%" PRIu64
          ",\"output_missed\":%" PRIu64 ",\"flagged_instances\":[",
          bank->totals.outside, flags->count[US_FLAG_RANGE], flags->count[US_FLAG_OUTPUT],
          flags->count[US_FLAG_LATENCY], flags->count[US_FLAG_MISSED]);
  bool is_first = true;
  for (uint32_t i = 0; i < bank->instances && flags->instances > 0; i++) {
    const us_flag_counts *of = &flags->of[i];
    if (of->rows > 0) {
      fprintf(out,
              "%s{\"instance\":%" PRIu32 ",\"rows\":%" PRIu32 ",\"outside_range\":%" PRIu32
              ",\"output_clamped\":%" PRIu32 ",\"latency_clamped\":%" PRIu32
              ",\"output_missed\":%" PRIu32 "}",
              is_first ? "" : ",", i, of->rows, of->count[US_FLAG_RANGE], of->count[US_FLAG_OUTPUT],
              of->count[US_FLAG_LATENCY], of->count[US_FLAG_MISSED]);
      is_first = false;
    }
  }
  fputc(']', out);
}
