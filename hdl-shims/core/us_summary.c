/* SUMMARY: what the run cost, for people and for programs. */
#define _POSIX_C_SOURCE 200809L

#include "us_bytes.h"
#include "us_session.h"
#include "us_wire.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define RECORD_BYTES 112

static void read_record(const uint8_t *record, us_bank_totals *totals) {
  totals->crossings = us_get_u64(record + 8);
  totals->e1 = us_get_u64(record + 16);
  totals->e2 = us_get_u64(record + 24);
  totals->e3 = us_get_u64(record + 32);
  totals->idle_periods = us_get_u64(record + 40);
  totals->outputs = us_get_u64(record + 48);
  totals->energy_j = us_get_f64(record + 56);
  totals->dynamic_j = us_get_f64(record + 64);
  totals->static_j = us_get_f64(record + 72);
  totals->latency_mean_s = us_get_f64(record + 80);
  totals->latency_max_s = us_get_f64(record + 88);
  totals->flagged = us_get_u64(record + 96);
  totals->outside = us_get_u64(record + 104);
}

static int by_path(const void *one, const void *other) {
  return strcmp((*(us_bank *const *)one)->path, (*(us_bank *const *)other)->path);
}

bool us_summary_parse(us_client *client, us_error *error) {
  const uint8_t *frame = client->link.in.bytes;
  size_t size = client->link.in.size;
  size_t count = (size_t)client->bank_count;
  size_t expected = 32 + count * RECORD_BYTES;
  if (size != expected || us_get_u32(frame + 24) != count) {
    return us_error_set(error, "SUMMARY: %zu bytes, %u banks (expected: %zu bytes, %zu banks)",
                        size, size < 28 ? 0 : us_get_u32(frame + 24), expected, count);
  }
  for (size_t i = 0; i < count; i++) {
    const uint8_t *record = frame + 32 + i * RECORD_BYTES;
    us_bank *bank = NULL;
    for (size_t b = 0; b < count && bank == NULL; b++) {
      bank = client->banks[b]->layout.bank == us_get_u32(record) ? client->banks[b] : NULL;
    }
    if (bank == NULL) {
      return us_error_set(error, "SUMMARY: bank %u (expected: a bank that was opened)",
                          us_get_u32(record));
    }
    read_record(record, &bank->totals);
  }
  /* Simulators start their processes, and so open their banks, in different orders. */
  qsort(client->banks, count, sizeof *client->banks, by_path);
  return true;
}

/* An energy in the unit in which it has one to three digits before the point. */
static const char *energy_text(double energy_j, char *text, size_t room) {
  double magnitude = energy_j < 0 ? -energy_j : energy_j;
  if (magnitude < 1e-12) {
    snprintf(text, room, "%.3f fJ", energy_j * 1e15);
  } else if (magnitude < 1e-9) {
    snprintf(text, room, "%.3f pJ", energy_j * 1e12);
  } else if (magnitude < 1e-6) {
    snprintf(text, room, "%.3f nJ", energy_j * 1e9);
  } else {
    snprintf(text, room, "%.3f uJ", energy_j * 1e6);
  }
  return text;
}

static void print_table(const us_client *client, FILE *out) {
  int path_width = 4;
  int circuit_width = 7;
  for (int i = 0; i < client->bank_count; i++) {
    int path = (int)strlen(client->banks[i]->path);
    int circuit = (int)strlen(client->banks[i]->circuit);
    path_width = path > path_width ? path : path_width;
    circuit_width = circuit > circuit_width ? circuit : circuit_width;
  }
  fprintf(out, "understudy: summary\n");
  fprintf(out, "%-*s  %-*s %9s %9s %8s %8s %8s %8s %12s %12s %12s %8s %8s %7s\n", path_width,
          "bank", circuit_width, "circuit", "instances", "crossings", "E1", "E2", "E3", "outputs",
          "energy", "dynamic", "static", "mean ns", "max ns", "flagged");
  for (int i = 0; i < client->bank_count; i++) {
    const us_bank *bank = client->banks[i];
    const us_bank_totals *totals = &bank->totals;
    char energy[32];
    char dynamic[32];
    char idle[32];
    fprintf(out,
            "%-*s  %-*s %9" PRIu32 " %9" PRIu64 " %8" PRIu64 " %8" PRIu64 " %8" PRIu64 " %8" PRIu64
            " %12s %12s %12s %8.3f %8.3f %7" PRIu64 "\n",
            path_width, bank->path, circuit_width, bank->circuit, bank->instances,
            totals->crossings, totals->e1, totals->e2, totals->e3, totals->outputs,
            energy_text(totals->energy_j, energy, sizeof energy),
            energy_text(totals->dynamic_j, dynamic, sizeof dynamic),
            energy_text(totals->static_j, idle, sizeof idle), totals->latency_mean_s * 1e9,
            totals->latency_max_s * 1e9, totals->flagged);
  }
  for (int i = 0; i < client->bank_count; i++) {
    us_flags_print(client->banks[i], out);
  }
}

bool us_summary_render(us_client *client, us_error *error) {
  size_t size = 0;
  FILE *out = open_memstream(&client->summary, &size);
  if (out == NULL) {
    return us_error_set(error, "memory: summary refused");
  }
  print_table(client, out);
  fclose(out);
  return true;
}

static void print_json_text(const char *text, FILE *out) {
  fputc('"', out);
  for (; *text != '\0'; text++) {
    unsigned char byte = (unsigned char)*text;
    if (byte == '"' || byte == '\\') {
      fprintf(out, "\\%c", byte);
    } else if (byte < 0x20) {
      fprintf(out, "\\u%04x", byte);
    } else {
      fputc(byte, out);
    }
  }
  fputc('"', out);
}

static void print_json_bank(const us_bank *bank, FILE *out) {
  const us_bank_totals *totals = &bank->totals;
  fprintf(out, "{\"path\":");
  print_json_text(bank->path, out);
  fprintf(out, ",\"circuit\":");
  print_json_text(bank->circuit, out);
  fprintf(out,
          ",\"instances\":%" PRIu32 ",\"crossings\":%" PRIu64 ",\"e1\":%" PRIu64 ",\"e2\":%" PRIu64
          ",\"e3\":%" PRIu64 ",\"idle_periods\":%" PRIu64 ",\"outputs\":%" PRIu64,
          bank->instances, totals->crossings, totals->e1, totals->e2, totals->e3,
          totals->idle_periods, totals->outputs);
  fprintf(out,
          ",\"energy_j\":%.17g,\"dynamic_j\":%.17g,\"static_j\":%.17g,\"latency_mean_s\":%.17g"
          ",\"latency_max_s\":%.17g,\"flagged\":%" PRIu64,
          totals->energy_j, totals->dynamic_j, totals->static_j, totals->latency_mean_s,
          totals->latency_max_s, totals->flagged);
  us_flags_print_json(bank, out);
  fputc('}', out);
}

bool us_summary_write(const us_client *client, const char *file, us_error *error) {
  FILE *out = fopen(file, "w");
  if (out == NULL) {
    return us_error_set(error, "UNDERSTUDY_SUMMARY: %s: %s (expected: a writable file)", file,
                        strerror(errno));
  }
  fprintf(out, "{\"banks\":[");
  for (int i = 0; i < client->bank_count; i++) {
    fprintf(out, i == 0 ? "" : ",");
    print_json_bank(client->banks[i], out);
  }
  fprintf(out, "]}\n");
  bool is_written = ferror(out) == 0;
  is_written = fclose(out) == 0 && is_written;
  return is_written || us_error_set(error, "UNDERSTUDY_SUMMARY: %s: %s (expected: room for it)",
                                    file, strerror(errno));
}
