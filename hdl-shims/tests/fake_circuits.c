#include "fake_circuits.h"

#include "us_wire.h"

#include <math.h>
#include <string.h>

/* Adds the weights; fires at 1, or late, in an idle period, from 0.9 on. */
static fake_row respond_lif(uint32_t instance, double *state, const double *inputs) {
  fake_row row = {.delay_fs = -1, .energy_j = 5e-14, .flags = US_ROW_FLAG_E2};
  *state += inputs[0];
  if (*state >= 1.0) {
    *state = 0.0;
    row.outputs[0] = 1.0;
    row.delay_fs = 400499 + (int64_t)(instance * 37 % 1000) * 1000;
    row.energy_j = 1e-13 + instance * 1e-16;
    row.flags = US_ROW_FLAG_E1;
  }
  return row;
}

static bool idle_lif(uint32_t instance, double *state, fake_row *row) {
  if (*state < 0.9) {
    return false;
  }
  memset(row, 0, sizeof *row);
  *state = 0.0;
  row->outputs[0] = 1.0;
  row->delay_fs = 2000000 + instance * 1000;
  row->flags = US_ROW_FLAG_E3;
  return true;
}

/* The mean of the inputs, each times -1, 0 or 1; the smallest changes have no latency. */
static fake_row respond_crossbar(uint32_t instance, double *state, const double *inputs) {
  fake_row row = {.delay_fs = -1, .energy_j = 2e-12, .flags = US_ROW_FLAG_E2};
  double sum = 0.0;
  for (uint32_t k = 0; k < 32; k++) {
    sum += inputs[k] * ((double)((instance + k) % 3) - 1.0);
  }
  double out = sum / 10.0;
  if (fabs(out - *state) > 1e-3) {
    row.delay_fs = 447000 + (int64_t)(instance % 100) * 10000;
    row.flags = US_ROW_FLAG_E1;
  }
  if (fabs(out) > 0.8) {
    row.flags |= US_ROW_FLAG_SATURATED;
  }
  *state = out;
  row.outputs[0] = out;
  return row;
}

/* Two inputs ports, one of two elements; an event and a level of two elements. */
static fake_row respond_mixed(uint32_t instance, double *state, const double *inputs) {
  fake_row row = {.delay_fs = 1000000 + instance * 100000, .energy_j = 1e-15};
  (void)state;
  row.outputs[0] = inputs[2] >= 4.0 ? 1.0 : 0.0;
  row.outputs[1] = inputs[0] * 0.5;
  row.outputs[2] = inputs[1] + inputs[0];
  row.flags = row.outputs[0] > 0.0 ? US_ROW_FLAG_E1 : US_ROW_FLAG_E2;
  return row;
}

static const fake_circuit CIRCUITS[] = {
    {.name = "lif_neuron",
     .inputs = 1,
     .outputs = 1,
     .input_values = 1,
     .output_values = 1,
     .min_latency_fs = 400499,
     .ports = {{"weight", 1, 8, US_PORT_FLAG_SIGNED, 0.015625, 0.0, -2.0, 2.0},
               {"spike", 1, 1, US_PORT_FLAG_EVENT, 1.0, 0.0, 0.0, 1.0}},
     .respond = respond_lif,
     .idle = idle_lif},
    {.name = "crossbar_row_g30",
     .flags = US_BANK_FLAG_SHARED_INPUTS | US_BANK_FLAG_HELD_INPUTS,
     .inputs = 1,
     .outputs = 1,
     .input_values = 32,
     .output_values = 1,
     .ports = {{"in", 32, 8, US_PORT_FLAG_SIGNED, 0.00625, 0.0, -0.8, 0.8},
               {"out", 1, 8, US_PORT_FLAG_SIGNED, 0.00625, 0.0, -0.8, 0.8}},
     .respond = respond_crossbar},
    {.name = "mixed",
     .inputs = 2,
     .outputs = 2,
     .input_values = 3,
     .output_values = 3,
     .min_latency_fs = 1000000,
     .ports = {{"a", 2, 5, US_PORT_FLAG_SIGNED, 0.1, 0.0, -1.6, 1.5},
               {"b", 1, 3, 0, 1.0, 0.0, 0.0, 7.0},
               {"fire", 1, 1, US_PORT_FLAG_EVENT, 1.0, 0.0, 0.0, 1.0},
               {"level", 2, 6, 0, 0.05, -1.6, -1.6, 1.55}},
     .respond = respond_mixed},
};

const fake_circuit *fake_circuit_named(const char *name, uint32_t length) {
  for (size_t i = 0; i < sizeof CIRCUITS / sizeof *CIRCUITS; i++) {
    if (strlen(CIRCUITS[i].name) == length && memcmp(CIRCUITS[i].name, name, length) == 0) {
      return &CIRCUITS[i];
    }
  }
  return NULL;
}
