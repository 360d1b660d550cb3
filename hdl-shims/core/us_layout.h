/* The ports of a bank as OPENED describes them, and how digital codes become values and back. */
#ifndef UNDERSTUDY_US_LAYOUT_H
#define UNDERSTUDY_US_LAYOUT_H

#include "us_error.h"

#include <stddef.h>
#include <stdint.h>

typedef struct us_port {
  char *name;
  uint32_t elements;
  uint32_t bits; /* of one element's code, 1 to 32 */
  bool is_signed;
  bool is_event;
  double lsb;
  double offset;
  double min;
  double max;
  /* Where the port's codes begin. Input: in the bank's code vector, which holds port after port,
   * in each instance after instance, in each element after element, from the least significant
   * bit. Output: in the code vector of one instance. */
  size_t first_bit;
} us_port;

typedef struct us_layout {
  uint32_t bank;
  bool shared_inputs;
  bool held_inputs;
  int64_t period_fs;
  int64_t min_latency_fs; /* no output changes earlier after its edge; 0: not known */
  uint32_t input_count;
  uint32_t output_count;
  us_port *ports;         /* the inputs, then the outputs */
  uint32_t input_values;  /* of one instance, or shared by all */
  uint32_t output_values; /* of one instance */
  size_t valid_bits;      /* 1 with shared inputs, else one for each instance */
  size_t code_bits;       /* of all inputs of the bank */
  size_t row_bits;        /* of the outputs of one instance */
} us_layout;

/* Reads the payload of OPENED. False with an error that names the field. */
bool us_layout_parse(const uint8_t *payload, size_t size, uint32_t instances, us_layout *layout,
                     us_error *error);

void us_layout_free(us_layout *layout);

/* clamp(code x lsb + offset, min, max), in the port's unit. */
double us_port_value(const us_port *port, uint32_t code);

/* The code of the value, rounded half to even and clamped to the port's range and bits. */
uint32_t us_port_code(const us_port *port, double value);

/* `width` (1 to 32) bits of a vector of 32-bit words, from bit number `first` on. */
uint32_t us_bits_get(const uint32_t *words, size_t first, unsigned width);
void us_bits_put(uint32_t *words, size_t first, unsigned width, uint32_t bits);

#endif
