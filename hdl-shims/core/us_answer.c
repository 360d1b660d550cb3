/* One bank's section of ANSWER. */
#include "us_bytes.h"
#include "us_session.h"
#include "us_wire.h"

#include <math.h>

#define SECTION_BYTES 24

/* Where the columns of a section lie in the frame. */
typedef struct us_section {
  uint32_t rows;
  const uint8_t *instances; /* NULL: all instances in order */
  const uint8_t *outputs;
  const uint8_t *delays;
  const uint8_t *energies;
  const uint8_t *idle_energies;
  const uint8_t *flags;
  size_t end;
} us_section;

static bool find_columns(const us_bank *bank, const uint8_t *frame, size_t size, size_t at,
                         us_section *section, us_error *error) {
  if (size - at < SECTION_BYTES) {
    return us_error_set(error, "ANSWER: %zu bytes (expected: a section at %zu)", size, at);
  }
  uint32_t number = us_get_u32(frame + at);
  if (number != bank->layout.bank) {
    return us_error_set(error, "ANSWER: section of bank %u (expected: bank %u)", number,
                        bank->layout.bank);
  }
  uint32_t rows = us_get_u32(frame + at + 4);
  bool is_all = (us_get_u32(frame + at + 8) & US_BANK_FLAG_ALL_ROWS) != 0;
  if (rows > bank->instances || (is_all && rows != bank->instances)) {
    return us_error_set(error, "ANSWER: %u rows (expected: %s %u)", rows,
                        is_all ? "all" : "at most", bank->instances);
  }
  size_t index_bytes = is_all ? 0 : us_padded((size_t)rows * 4);
  size_t output_bytes = (size_t)rows * bank->layout.output_values * 8;
  size_t bytes =
      SECTION_BYTES + index_bytes + output_bytes + (size_t)rows * 24 + us_padded((size_t)rows * 4);
  if (bytes > size - at) {
    return us_error_set(error, "ANSWER: %zu bytes left for %u rows (expected: %zu)", size - at,
                        rows, bytes);
  }
  section->rows = rows;
  section->instances = is_all ? NULL : frame + at + SECTION_BYTES;
  section->outputs = frame + at + SECTION_BYTES + index_bytes;
  section->delays = section->outputs + output_bytes;
  section->energies = section->delays + (size_t)rows * 8;
  section->idle_energies = section->energies + (size_t)rows * 8;
  section->flags = section->idle_energies + (size_t)rows * 8;
  section->end = at + bytes;
  return true;
}

/* Takes the outputs of an instance; *is_changed tells whether the simulator has to do something:
 * an event happened, or a level's code differs from the last one. */
static bool take_outputs(us_bank *bank, uint32_t instance, const uint8_t *outputs, bool *is_changed,
                         us_error *error) {
  const us_layout *layout = &bank->layout;
  size_t index = (size_t)instance * layout->output_values;
  *is_changed = false;
  for (uint32_t p = 0; p < layout->output_count; p++) {
    const us_port *port = &layout->ports[layout->input_count + p];
    for (uint32_t e = 0; e < port->elements; e++, index++, outputs += 8) {
      double value = us_get_f64(outputs);
      if (!isfinite(value)) {
        return us_error_set(error, "ANSWER: output %s of instance %u: %g (expected: finite)",
                            port->name, instance, value);
      }
      uint32_t code = us_port_code(port, value);
      *is_changed = *is_changed || (port->is_event ? code != 0 : code != bank->codes[index]);
      bank->values[index] = value;
      bank->codes[index] = code;
    }
  }
  return true;
}

static bool take_row(us_bank *bank, const us_section *section, uint32_t row, uint32_t instance,
                     us_error *error) {
  size_t at = (size_t)row * 8;
  double energy_j = us_get_f64(section->energies + at) + us_get_f64(section->idle_energies + at);
  int64_t delay_fs = us_get_i64(section->delays + at);
  if (!isfinite(energy_j)) {
    return us_error_set(error, "ANSWER: energy of instance %u: %g (expected: finite)", instance,
                        energy_j);
  }
  if (delay_fs < -1) {
    return us_error_set(error, "ANSWER: delay of instance %u: %lld fs (expected: -1 or more)",
                        instance, (long long)delay_fs);
  }
  bool is_changed;
  if (!take_outputs(bank, instance, section->outputs + at * bank->layout.output_values, &is_changed,
                    error)) {
    return false;
  }
  uint32_t row_flags = us_get_u32(section->flags + (size_t)row * 4);
  if (row_flags >= US_ROW_FLAG_OUT_OF_RANGE) {
    us_flags_take(bank, instance, row_flags, section->outputs + at * bank->layout.output_values,
                  delay_fs);
  }
  bank->row_step[instance] = bank->step;
  bank->row_energy_j[instance] = energy_j;
  bank->step_energy_j += energy_j;
  if (delay_fs >= 0) {
    double latency_s = (double)delay_fs * 1e-15;
    bank->row_latency_s[instance] = latency_s;
    bank->latency_s = latency_s > bank->latency_s ? latency_s : bank->latency_s;
  }
  if (is_changed) {
    bank->changed[bank->changed_count] = instance;
    bank->changed_ps[bank->changed_count++] = delay_fs;
  }
  return true;
}

bool us_answer_section(us_bank *bank, const uint8_t *frame, size_t size, size_t *at,
                       us_error *error) {
  us_section section = {0};
  if (!find_columns(bank, frame, size, *at, &section, error)) {
    return false;
  }
  bank->energy_j = us_get_f64(frame + *at + 16);
  if (!isfinite(bank->energy_j)) {
    return us_error_set(error, "ANSWER: energy of the bank: %g (expected: finite)", bank->energy_j);
  }
  double last_latency_s = bank->latency_s;
  bank->step = bank->client->step;
  bank->changed_count = 0;
  bank->changed_next = 0;
  bank->step_energy_j = 0.0;
  bank->latency_s = -1.0;
  uint32_t least = 0;
  for (uint32_t row = 0; row < section.rows; row++) {
    uint32_t instance =
        section.instances == NULL ? row : us_get_u32(section.instances + (size_t)row * 4);
    if (instance < least || instance >= bank->instances) {
      return us_error_set(error, "ANSWER: instance %u (expected: %u to %u, ascending)", instance,
                          least, bank->instances - 1);
    }
    least = instance + 1;
    if (!take_row(bank, &section, row, instance, error)) {
      return false;
    }
  }
  if (bank->latency_s < 0.0) {
    bank->latency_s = last_latency_s;
  }
  *at = section.end;
  return true;
}
