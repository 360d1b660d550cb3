#include "fake_banks.h"

#include "fake_circuits.h"
#include "fake_peer.h"
#include "us_bytes.h"
#include "us_wire.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_BANKS 64

typedef struct fake_bank {
  const fake_circuit *circuit;
  uint32_t instances;
  double *state;
  bool *is_active;     /* had an input at the last edge */
  int64_t *idle_since; /* -1: not idle */
  double *held;        /* with shared held inputs */
  bool has_held;
  int64_t origin_fs; /* -1: no step yet */
  double energy_j;
  uint64_t crossings, e1, e2, e3, idle_periods, outputs, flagged, latencies;
  double dynamic_j, static_j, latency_sum_s, latency_max_s;
} fake_bank;

static fake_bank banks[MAX_BANKS];
static uint32_t bank_count;

static void put_port(const fake_port *port) {
  uint8_t *record = peer.out + peer.out_size;
  size_t length = strlen(port->name);
  size_t size = us_padded(48 + length);
  memset(record, 0, size);
  us_put_u32(record, port->elements);
  us_put_u32(record + 4, port->bits);
  us_put_u32(record + 8, port->flags);
  us_put_u32(record + 12, (uint32_t)length);
  us_put_f64(record + 16, port->lsb);
  us_put_f64(record + 24, port->offset);
  us_put_f64(record + 32, port->min);
  us_put_f64(record + 40, port->max);
  memcpy(record + 48, port->name, length);
  peer.out_size += size;
}

static void check_table(const char *table, uint32_t size) {
  if (size > 0 && (size < 9 || memcmp(table, "instance,", 9) != 0)) {
    char text[128];
    int length = (int)strcspn(table, "\n");
    snprintf(text, sizeof text, "parameter table: header %.*s (expected: instance,NAME,...)",
             length < (int)size ? length : (int)size, table);
    fake_peer_refuse(US_WIRE_ERROR_BAD_PARAMETER, text);
  }
}

void fake_banks_open(bool is_restorable) {
  const char *names = (const char *)peer.in + 40;
  uint32_t circuit_bytes = us_get_u16(peer.in + 32);
  const fake_circuit *circuit = fake_circuit_named(names, circuit_bytes);
  if (circuit == NULL || bank_count == MAX_BANKS) {
    fake_peer_refuse(US_WIRE_ERROR_UNKNOWN_CIRCUIT, "circuit: unknown (expected: lif_neuron, ...)");
  }
  check_table(names + circuit_bytes + us_get_u16(peer.in + 34), us_get_u32(peer.in + 28));
  fake_bank *bank = &banks[bank_count];
  bank->circuit = circuit;
  bank->instances = us_get_u32(peer.in + 24);
  bank->state = calloc(bank->instances, sizeof *bank->state);
  bank->is_active = calloc(bank->instances, sizeof *bank->is_active);
  bank->idle_since = calloc(bank->instances, sizeof *bank->idle_since);
  bank->held = calloc(circuit->input_values, sizeof *bank->held);
  bank->origin_fs = -1;
  for (uint32_t i = 0; i < bank->instances; i++) {
    bank->idle_since[i] = -1;
  }
  us_put_u32(peer.out + 24, 100 + bank_count++);
  us_put_u32(peer.out + 28, circuit->flags | (is_restorable ? US_BANK_FLAG_RESTORABLE : 0));
  us_put_i64(peer.out + 32, FAKE_PERIOD_FS);
  us_put_i64(peer.out + 40, circuit->min_latency_fs);
  us_put_u32(peer.out + 48, circuit->inputs);
  us_put_u32(peer.out + 52, circuit->outputs);
  us_put_u64(peer.out + 56, 1);
  peer.out_size = 64;
  for (uint32_t p = 0; p < circuit->inputs + circuit->outputs; p++) {
    put_port(&circuit->ports[p]);
  }
  fake_peer_finish(US_FRAME_TYPE_OPENED);
}

static void count_row(fake_bank *bank, const fake_row *row) {
  bank->crossings += row->flags & US_ROW_FLAG_E3 ? 0 : 1;
  bank->e1 += row->flags & US_ROW_FLAG_E1 ? 1 : 0;
  bank->e2 += row->flags & US_ROW_FLAG_E2 ? 1 : 0;
  bank->flagged += row->flags >= US_ROW_FLAG_OUT_OF_RANGE ? 1 : 0;
  bank->dynamic_j += row->energy_j;
  bank->static_j += row->idle_j;
  bank->energy_j += row->energy_j + row->idle_j;
  if (row->delay_fs >= 0) {
    double latency_s = (double)row->delay_fs * 1e-15;
    bank->outputs++;
    bank->latencies++;
    bank->latency_sum_s += latency_s;
    bank->latency_max_s = latency_s > bank->latency_max_s ? latency_s : bank->latency_max_s;
  }
}

static double end_idle(fake_bank *bank, uint32_t i, int64_t time_fs) {
  if (bank->idle_since[i] < 0) {
    return 0.0;
  }
  int64_t periods = (time_fs - bank->idle_since[i]) / FAKE_PERIOD_FS;
  bank->idle_since[i] = -1;
  bank->e3++;
  bank->idle_periods += (uint64_t)periods;
  return (double)periods * 1e-15;
}

static void put_answer(const fake_bank *bank, uint32_t number, uint32_t rows, const uint32_t *index,
                       const fake_row *answers) {
  uint8_t *section = peer.out + peer.out_size;
  bool is_all = rows == bank->instances;
  us_put_u32(section, number);
  us_put_u32(section + 4, rows);
  us_put_u32(section + 8, is_all ? US_BANK_FLAG_ALL_ROWS : 0);
  us_put_u32(section + 12, 0);
  us_put_f64(section + 16, bank->energy_j);
  uint8_t *to = section + 24;
  if (!is_all) {
    memset(to, 0, us_padded((size_t)rows * 4));
    memcpy(to, index, (size_t)rows * 4);
    to += us_padded((size_t)rows * 4);
  }
  for (uint32_t r = 0; r < rows; r++) {
    for (uint32_t v = 0; v < bank->circuit->output_values; v++, to += 8) {
      us_put_f64(to, answers[r].outputs[v]);
    }
  }
  for (uint32_t r = 0; r < rows; r++) {
    us_put_i64(to + (size_t)r * 8, answers[r].delay_fs);
    us_put_f64(to + (size_t)(rows + r) * 8, answers[r].energy_j);
    us_put_f64(to + (size_t)(2 * rows + r) * 8, answers[r].idle_j);
    us_put_u32(to + (size_t)rows * 24 + (size_t)r * 4, answers[r].flags);
  }
  to += (size_t)rows * 24;
  if (rows % 2 != 0) {
    us_put_u32(to + (size_t)rows * 4, 0);
  }
  peer.out_size = (size_t)(to - peer.out) + us_padded((size_t)rows * 4);
}

/* Answers one section of STEP; returns where the next one begins. */
static const uint8_t *step_section(const uint8_t *at, int64_t time_fs) {
  uint32_t number = us_get_u32(at);
  uint32_t rows = us_get_u32(at + 4);
  bool is_all = (us_get_u32(at + 8) & US_BANK_FLAG_ALL_ROWS) != 0;
  if (number < 100 || number >= 100 + bank_count) {
    fake_peer_refuse(US_WIRE_ERROR_UNKNOWN_BANK, "bank: unknown (expected: one that was opened)");
  }
  fake_bank *bank = &banks[number - 100];
  const fake_circuit *circuit = bank->circuit;
  bool is_shared = (circuit->flags & US_BANK_FLAG_SHARED_INPUTS) != 0;
  bool is_held = (circuit->flags & US_BANK_FLAG_HELD_INPUTS) != 0;
  if (bank->origin_fs < 0) {
    bank->origin_fs = time_fs;
  }
  if ((time_fs - bank->origin_fs) % FAKE_PERIOD_FS != 0) {
    fake_peer_refuse(US_WIRE_ERROR_TIMING,
                     "time: between two clock edges (expected: a whole period)");
  }
  const uint8_t *index = at + 16;
  const uint8_t *inputs = index + (is_all ? 0 : us_padded((size_t)rows * 4));
  size_t sets = is_shared ? (rows > 0 ? 1 : 0) : rows;
  const uint8_t *end = inputs + sets * circuit->input_values * 8;
  double values[32];
  fake_row *answers = calloc(bank->instances, sizeof *answers);
  uint32_t *answered = calloc(bank->instances, sizeof *answered);
  uint32_t count = 0;
  bool is_same = rows > 0 && is_held && bank->has_held &&
                 memcmp(bank->held, inputs, circuit->input_values * 8) == 0;
  for (uint32_t i = 0, r = 0; i < bank->instances; i++) {
    bool is_named = r < rows && (is_all || us_get_u32(index + (size_t)r * 4) == i);
    if (is_named && !is_same) {
      memcpy(values, inputs + (is_shared ? 0 : (size_t)r) * circuit->input_values * 8,
             circuit->input_values * 8);
      answers[count] = circuit->respond(i, &bank->state[i], values);
      answers[count].idle_j = end_idle(bank, i, time_fs);
      count_row(bank, &answers[count]);
      answered[count++] = i;
      bank->is_active[i] = true;
    } else if (bank->is_active[i]) {
      bank->is_active[i] = false;
      bank->idle_since[i] = time_fs;
      if (circuit->idle != NULL && circuit->idle(i, &bank->state[i], &answers[count])) {
        count_row(bank, &answers[count]);
        answered[count++] = i;
      }
    }
    r += is_named ? 1 : 0;
  }
  if (is_held && rows > 0) {
    memcpy(bank->held, inputs, circuit->input_values * 8);
    bank->has_held = true;
  }
  put_answer(bank, number, count, answered, answers);
  free(answers);
  free(answered);
  return end;
}

void fake_banks_step(void) {
  uint32_t sections = us_get_u32(peer.in + 24);
  const uint8_t *at = peer.in + 32;
  peer.out_size = 32;
  us_put_u32(peer.out + 24, sections);
  us_put_u32(peer.out + 28, 0);
  for (uint32_t s = 0; s < sections; s++) {
    at = step_section(at, us_get_i64(peer.in + 16));
  }
  if (at != peer.in + us_get_u32(peer.in)) {
    fake_peer_refuse(US_WIRE_ERROR_PROTOCOL, "STEP: length does not fit its sections");
  }
  fake_peer_finish(US_FRAME_TYPE_ANSWER);
}

void fake_banks_close(void) {
  us_put_u32(peer.out + 24, bank_count);
  us_put_u32(peer.out + 28, 0);
  peer.out_size = 32;
  for (uint32_t b = 0; b < bank_count; b++) {
    fake_bank *bank = &banks[b];
    for (uint32_t i = 0; i < bank->instances; i++) {
      double idle_j = end_idle(bank, i, us_get_i64(peer.in + 16));
      bank->static_j += idle_j;
      bank->energy_j += idle_j;
    }
    uint8_t *record = peer.out + peer.out_size;
    us_put_u32(record, 100 + b);
    us_put_u32(record + 4, bank->instances);
    us_put_u64(record + 8, bank->crossings);
    us_put_u64(record + 16, bank->e1);
    us_put_u64(record + 24, bank->e2);
    us_put_u64(record + 32, bank->e3);
    us_put_u64(record + 40, bank->idle_periods);
    us_put_u64(record + 48, bank->outputs);
    us_put_f64(record + 56, bank->energy_j);
    us_put_f64(record + 64, bank->dynamic_j);
    us_put_f64(record + 72, bank->static_j);
    us_put_f64(record + 80,
               bank->latencies == 0 ? 0.0 : bank->latency_sum_s / (double)bank->latencies);
    us_put_f64(record + 88, bank->latency_max_s);
    us_put_u64(record + 96, bank->flagged);
    us_put_u64(record + 104, 0);
    peer.out_size += 112;
  }
  fake_peer_finish(US_FRAME_TYPE_SUMMARY);
}

void fake_banks_forget(void) {
  for (uint32_t b = 0; b < bank_count; b++) {
    free(banks[b].state);
    free(banks[b].is_active);
    free(banks[b].idle_since);
    free(banks[b].held);
  }
  memset(banks, 0, sizeof banks);
  bank_count = 0;
}
