/* The circuits of the fake server: arithmetic that any test can repeat by hand. */
#ifndef UNDERSTUDY_FAKE_CIRCUITS_H
#define UNDERSTUDY_FAKE_CIRCUITS_H

#include <stdbool.h>
#include <stdint.h>

#define FAKE_PERIOD_FS INT64_C(5000000)
#define FAKE_MAX_OUTPUTS 4

typedef struct fake_port {
  const char *name;
  uint32_t elements;
  uint32_t bits;
  uint32_t flags;
  double lsb;
  double offset;
  double min;
  double max;
} fake_port;

typedef struct fake_row {
  double outputs[FAKE_MAX_OUTPUTS];
  int64_t delay_fs;
  double energy_j;
  double idle_j;
  uint32_t flags;
} fake_row;

typedef struct fake_circuit {
  const char *name;
  uint32_t flags;
  uint32_t inputs;  /* ports */
  uint32_t outputs; /* ports */
  uint32_t input_values;
  uint32_t output_values;
  int64_t min_latency_fs; /* 0 where outputs may change at once */
  fake_port ports[4];
  /* An instance's input event; state is its one number, 0 at the start. */
  fake_row (*respond)(uint32_t instance, double *state, const double *inputs);
  /* The start of its idle stretch; true if an output comes of it. NULL: never. */
  bool (*idle)(uint32_t instance, double *state, fake_row *row);
} fake_circuit;

/* NULL if there is none of that name. */
const fake_circuit *fake_circuit_named(const char *name, uint32_t length);

#endif
