#include "us_layout.h"

#include "us_bytes.h"
#include "us_wire.h"

#include <math.h>
#include <stdlib.h>

#define PORT_RECORD_BYTES 48
#define OPENED_FIXED_BYTES 40
#define MAX_PORTS 4096
#define MAX_ELEMENTS 65536

static bool check_port(const us_port *port, us_error *error) {
  if (port->elements < 1 || port->elements > MAX_ELEMENTS) {
    return us_error_set(error, "OPENED: port %s: %u elements (expected: 1 to %d)", port->name,
                        port->elements, MAX_ELEMENTS);
  }
  if (port->bits < 1 || port->bits > 32) {
    return us_error_set(error, "OPENED: port %s: %u bits (expected: 1 to 32)", port->name,
                        port->bits);
  }
  if (!isfinite(port->lsb) || port->lsb == 0.0 || !isfinite(port->offset)) {
    return us_error_set(error,
                        "OPENED: port %s: lsb %g, offset %g (expected: finite, lsb other than 0)",
                        port->name, port->lsb, port->offset);
  }
  if (!(port->min <= port->max)) {
    return us_error_set(error, "OPENED: port %s: range %g to %g (expected: min <= max)", port->name,
                        port->min, port->max);
  }
  return true;
}

/* Reads one record at *at and moves *at behind it. */
static bool parse_port(const uint8_t *payload, size_t size, size_t *at, us_port *port,
                       us_error *error) {
  if (size - *at < PORT_RECORD_BYTES) {
    return us_error_set(error, "OPENED: %zu bytes (expected: a port record at %zu)", size, *at);
  }
  const uint8_t *record = payload + *at;
  size_t name_bytes = us_get_u32(record + 12);
  if (name_bytes > size - *at - PORT_RECORD_BYTES) {
    return us_error_set(error, "OPENED: port name of %zu bytes (expected: at most %zu)", name_bytes,
                        size - *at - PORT_RECORD_BYTES);
  }
  uint32_t flags = us_get_u32(record + 8);
  port->elements = us_get_u32(record);
  port->bits = us_get_u32(record + 4);
  port->is_signed = (flags & US_PORT_FLAG_SIGNED) != 0;
  port->is_event = (flags & US_PORT_FLAG_EVENT) != 0;
  port->lsb = us_get_f64(record + 16);
  port->offset = us_get_f64(record + 24);
  port->min = us_get_f64(record + 32);
  port->max = us_get_f64(record + 40);
  port->name = calloc(name_bytes + 1, 1);
  if (port->name == NULL) {
    return us_error_set(error, "memory: port name of %zu bytes refused", name_bytes);
  }
  memcpy(port->name, record + PORT_RECORD_BYTES, name_bytes);
  size_t next = *at + us_padded(PORT_RECORD_BYTES + name_bytes);
  *at = next < size ? next : size;
  return check_port(port, error);
}

static void place_ports(us_layout *layout, uint32_t instances) {
  size_t sets = layout->shared_inputs ? 1 : instances;
  layout->valid_bits = sets;
  for (uint32_t p = 0; p < layout->input_count; p++) {
    us_port *port = &layout->ports[p];
    port->first_bit = layout->code_bits;
    layout->code_bits += sets * port->elements * port->bits;
    layout->input_values += port->elements;
  }
  for (uint32_t p = 0; p < layout->output_count; p++) {
    us_port *port = &layout->ports[layout->input_count + p];
    port->first_bit = layout->row_bits;
    layout->row_bits += (size_t)port->elements * port->bits;
    layout->output_values += port->elements;
  }
}

bool us_layout_parse(const uint8_t *payload, size_t size, uint32_t instances, us_layout *layout,
                     us_error *error) {
  memset(layout, 0, sizeof *layout);
  if (size < OPENED_FIXED_BYTES) {
    return us_error_set(error, "OPENED: %zu bytes (expected: at least %d)", size,
                        OPENED_FIXED_BYTES);
  }
  uint32_t flags = us_get_u32(payload + 4);
  layout->bank = us_get_u32(payload);
  layout->shared_inputs = (flags & US_BANK_FLAG_SHARED_INPUTS) != 0;
  layout->held_inputs = (flags & US_BANK_FLAG_HELD_INPUTS) != 0;
  layout->period_fs = us_get_i64(payload + 8);
  if (layout->period_fs <= 0) {
    return us_error_set(error, "OPENED: clock period of %lld fs (expected: above 0)",
                        (long long)layout->period_fs);
  }
  layout->min_latency_fs = us_get_i64(payload + 16);
  if (layout->min_latency_fs < 0) {
    return us_error_set(error, "OPENED: minimum latency of %lld fs (expected: 0 or more)",
                        (long long)layout->min_latency_fs);
  }
  uint32_t inputs = us_get_u32(payload + 24);
  uint32_t outputs = us_get_u32(payload + 28);
  if (inputs < 1 || inputs > MAX_PORTS || outputs < 1 || outputs > MAX_PORTS) {
    return us_error_set(error, "OPENED: %u input and %u output ports (expected: 1 to %d each)",
                        inputs, outputs, MAX_PORTS);
  }
  layout->ports = calloc((size_t)inputs + outputs, sizeof *layout->ports);
  if (layout->ports == NULL) {
    return us_error_set(error, "memory: %u ports refused", inputs + outputs);
  }
  layout->input_count = inputs;
  layout->output_count = outputs;
  size_t at = OPENED_FIXED_BYTES;
  for (uint32_t p = 0; p < inputs + outputs; p++) {
    if (!parse_port(payload, size, &at, &layout->ports[p], error)) {
      return false;
    }
  }
  if (at != size) {
    return us_error_set(error, "OPENED: %zu bytes (expected: %zu for its ports)", size, at);
  }
  place_ports(layout, instances);
  return true;
}

void us_layout_free(us_layout *layout) {
  for (uint32_t p = 0; layout->ports != NULL && p < layout->input_count + layout->output_count;
       p++) {
    free(layout->ports[p].name);
  }
  free(layout->ports);
  memset(layout, 0, sizeof *layout);
}

static double clamp(double value, double low, double high) {
  return value < low ? low : value > high ? high : value;
}

double us_port_value(const us_port *port, uint32_t code) {
  double number = code;
  if (port->is_signed && (code >> (port->bits - 1) & 1) != 0) {
    number -= ldexp(1.0, (int)port->bits);
  }
  return clamp(number * port->lsb + port->offset, port->min, port->max);
}

uint32_t us_port_code(const us_port *port, double value) {
  if (port->is_event) {
    return rint(value) >= 1.0 ? 1 : 0;
  }
  double span = ldexp(1.0, (int)port->bits);
  double low = port->is_signed ? -span / 2 : 0.0;
  double number = rint((clamp(value, port->min, port->max) - port->offset) / port->lsb);
  number = clamp(number, low, low + span - 1.0);
  return (uint32_t)(int64_t)number & (uint32_t)((UINT64_C(1) << port->bits) - 1);
}

uint32_t us_bits_get(const uint32_t *words, size_t first, unsigned width) {
  size_t word = first / 32;
  unsigned shift = (unsigned)(first % 32);
  uint64_t pair = words[word];
  if (shift + width > 32) {
    pair |= (uint64_t)words[word + 1] << 32;
  }
  return (uint32_t)(pair >> shift & ((UINT64_C(1) << width) - 1));
}

void us_bits_put(uint32_t *words, size_t first, unsigned width, uint32_t bits) {
  size_t word = first / 32;
  unsigned shift = (unsigned)(first % 32);
  uint64_t mask = ((UINT64_C(1) << width) - 1) << shift;
  uint64_t placed = (uint64_t)bits << shift & mask;
  words[word] = (words[word] & ~(uint32_t)mask) | (uint32_t)placed;
  if (shift + width > 32) {
    words[word + 1] = (words[word + 1] & ~(uint32_t)(mask >> 32)) | (uint32_t)(placed >> 32);
  }
}
