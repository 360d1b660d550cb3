/* OPEN: connects at the first bank and makes each bank known to the server. */
#define _POSIX_C_SOURCE 200809L

#include "us_bytes.h"
#include "us_params.h"
#include "us_session.h"
#include "us_wire.h"

#include <inttypes.h>
#include <stdlib.h>

#define DEFAULT_TIMEOUT_MS 60000
#define MAX_TIMEOUT_MS 86400000
#define DEFAULT_DEADLINE_S 60
#define MAX_DEADLINE_S 86400
#define DEFAULT_CHECKPOINT_BYTES (8 << 20)
#define MAX_CHECKPOINT_BYTES (1 << 30)
#define HINT "start one with ./understudy serve, or run through ./understudy run"

static bool read_timeout(int64_t *timeout_ms, us_error *error) {
  const char *text = getenv("UNDERSTUDY_TIMEOUT_MS");
  *timeout_ms = DEFAULT_TIMEOUT_MS;
  if (text == NULL || text[0] == '\0') {
    return true;
  }
  char *end;
  long number = strtol(text, &end, 10);
  if (*end != '\0' || number < 1 || number > MAX_TIMEOUT_MS) {
    return us_error_set(error, "UNDERSTUDY_TIMEOUT_MS: %s (expected: 1 to %d)", text,
                        MAX_TIMEOUT_MS);
  }
  *timeout_ms = number;
  return true;
}

/* A whole number of the environment; the default where it is not set. */
static bool read_number(const char *name, long most, int64_t preset, int64_t *number,
                        us_error *error) {
  const char *text = getenv(name);
  *number = preset;
  if (text == NULL || text[0] == '\0') {
    return true;
  }
  char *end;
  *number = strtol(text, &end, 10);
  return (*end == '\0' && *number >= 0 && *number <= most) ||
         us_error_set(error, "%s: %s (expected: 0 to %ld)", name, text, most);
}

static bool read_deadline(const us_client *client, int64_t *deadline_s, us_error *error) {
  if (!client->has_deadline) {
    return read_number("UNDERSTUDY_DEADLINE_S", MAX_DEADLINE_S, DEFAULT_DEADLINE_S, deadline_s,
                       error);
  }
  *deadline_s = client->deadline_s;
  return (*deadline_s >= 0 && *deadline_s <= MAX_DEADLINE_S) ||
         us_error_set(error, "+understudy_deadline_s: %" PRId64 " (expected: 0 to %d)", *deadline_s,
                      MAX_DEADLINE_S);
}

static bool read_resumption(us_client *client, us_error *error) {
  int64_t deadline_s;
  int64_t budget;
  if (!read_deadline(client, &deadline_s, error) ||
      !read_number("UNDERSTUDY_CHECKPOINT_BYTES", MAX_CHECKPOINT_BYTES, DEFAULT_CHECKPOINT_BYTES,
                   &budget, error)) {
    return false;
  }
  client->link.deadline_ms = deadline_s * 1000;
  client->link.history.budget = (size_t)budget;
  return true;
}

static bool connect_once(us_client *client, us_error *error) {
  if (client->link.is_known) {
    return true;
  }
  const char *server = getenv("UNDERSTUDY_SERVER");
  if (server == NULL || server[0] == '\0') {
    return us_error_set(error,
                        "UNDERSTUDY_SERVER: not set (expected: " US_ADDRESS_FORMS "; " HINT ")");
  }
  us_address address;
  if (!us_address_parse(server, &address, error) ||
      !read_timeout(&client->link.timeout_ms, error) || !read_resumption(client, error)) {
    return false;
  }
  if (address.transport == US_TRANSPORT_RECORD) {
    client->link.deadline_ms = 0; /* a record is not found again */
  }
  if (us_link_open(&client->link, &address, client->name, error)) {
    return true;
  }
  if (client->link.channel == NULL) {
    us_error cause = *error;
    us_error_set(error, "%s; " HINT, cause.text);
  }
  return false;
}

/* Puts the payload of OPEN into the link's request. */
static bool put_open(us_client *client, const us_wrapper *wrapper, const char *table,
                     size_t table_bytes, us_error *error) {
  size_t circuit_bytes = strlen(wrapper->circuit);
  size_t path_bytes = strlen(wrapper->path);
  if (circuit_bytes > UINT16_MAX || path_bytes > UINT16_MAX) {
    return us_error_set(error, "names of %zu and %zu bytes (expected: at most %d)", circuit_bytes,
                        path_bytes, UINT16_MAX);
  }
  us_buffer *out = &client->link.out;
  size_t size = 40 + circuit_bytes + path_bytes + table_bytes;
  if (!us_buffer_reserve(out, size, error)) {
    return false;
  }
  us_put_u32(out->bytes + 24, (uint32_t)wrapper->instances);
  us_put_u32(out->bytes + 28, (uint32_t)table_bytes);
  us_put_u16(out->bytes + 32, (uint16_t)circuit_bytes);
  us_put_u16(out->bytes + 34, (uint16_t)path_bytes);
  us_put_u32(out->bytes + 36, 0);
  memcpy(out->bytes + 40, wrapper->circuit, circuit_bytes);
  memcpy(out->bytes + 40 + circuit_bytes, wrapper->path, path_bytes);
  if (table_bytes > 0) {
    memcpy(out->bytes + 40 + circuit_bytes + path_bytes, table, table_bytes);
  }
  out->size = size;
  return true;
}

static bool send_open(us_client *client, const us_wrapper *wrapper, us_error *error) {
  char *table;
  size_t table_bytes;
  bool is_done =
      us_params_read(wrapper->params_file, &table, &table_bytes, error) &&
      put_open(client, wrapper, table, table_bytes, error) &&
      us_link_exchange(&client->link, US_FRAME_TYPE_OPEN, 0, US_FRAME_TYPE_OPENED, error);
  free(table);
  return is_done;
}

static bool check_width(const char *what, int64_t wrapper_bits, size_t circuit_bits,
                        us_error *error) {
  if (wrapper_bits == (int64_t)circuit_bits) {
    return true;
  }
  return us_error_set(error,
                      "wrapper: %" PRId64 " bits of %s (expected: %zu, as the server's circuit "
                      "has them; generate the wrapper anew with ./understudy wrap)",
                      wrapper_bits, what, circuit_bits);
}

static bool check_wrapper(us_bank *bank, const us_wrapper *wrapper, us_error *error) {
  const us_layout *layout = &bank->layout;
  size_t rows = bank->instances;
  bank->step_bytes = 16 + us_padded(rows * 4) +
                     (layout->shared_inputs ? 1 : rows) * (size_t)layout->input_values * 8;
  bank->answer_bytes =
      24 + 2 * us_padded(rows * 4) + rows * ((size_t)layout->output_values + 3) * 8;
  size_t limit = US_WIRE_MAX_FRAME_BYTES - 64;
  if (bank->step_bytes > limit || bank->answer_bytes > limit) {
    return us_error_set(error,
                        "instances: %zu need frames of %zu and %zu bytes (expected: at most %zu)",
                        rows, bank->step_bytes, bank->answer_bytes, limit);
  }
  return check_width("valid", wrapper->valid_bits, layout->valid_bits, error) &&
         check_width("input codes", wrapper->code_bits, layout->code_bits, error) &&
         check_width("output codes of an instance", wrapper->row_bits, layout->row_bits, error);
}

static bool allocate_rows(us_bank *bank, us_error *error) {
  size_t rows = bank->instances;
  size_t values = rows * bank->layout.output_values;
  bank->changed = calloc(rows, sizeof *bank->changed);
  bank->changed_ps = calloc(rows, sizeof *bank->changed_ps);
  bank->row_step = calloc(rows, sizeof *bank->row_step);
  bank->row_energy_j = calloc(rows, sizeof *bank->row_energy_j);
  bank->row_latency_s = calloc(rows, sizeof *bank->row_latency_s);
  bank->values = calloc(values, sizeof *bank->values);
  bank->codes = calloc(values, sizeof *bank->codes);
  bank->row_words = calloc(bank->layout.row_bits / 32 + 1, sizeof *bank->row_words);
  if (bank->changed == NULL || bank->changed_ps == NULL || bank->row_step == NULL ||
      bank->row_energy_j == NULL || bank->row_latency_s == NULL || bank->values == NULL ||
      bank->codes == NULL || bank->row_words == NULL) {
    return us_error_set(error, "memory: %zu instances refused", rows);
  }
  return us_flags_allocate(bank, error);
}

/* Room for one more bank; false if there is no memory. */
static bool grow_table(us_bank ***table, size_t count) {
  us_bank **grown = realloc(*table, count * sizeof *grown);
  if (grown == NULL) {
    return false;
  }
  *table = grown;
  return true;
}

/* A bank in the table, still without the server's description; NULL with an error. */
static us_bank *add_bank(us_client *client, const us_wrapper *wrapper, us_error *error) {
  size_t count = (size_t)client->bank_count + 1;
  us_bank *bank = calloc(1, sizeof *bank);
  if (bank == NULL || !grow_table(&client->banks, count) || !grow_table(&client->posted, count)) {
    free(bank);
    us_error_set(error, "memory: bank %zu refused", count);
    return NULL;
  }
  client->banks[client->bank_count++] = bank;
  bank->client = client;
  bank->handle = client->bank_count;
  bank->instances = (uint32_t)wrapper->instances;
  bank->path = strdup(wrapper->path);
  bank->circuit = strdup(wrapper->circuit);
  if (bank->path == NULL || bank->circuit == NULL) {
    us_error_set(error, "memory: names of bank %zu refused", count);
    return NULL;
  }
  return bank;
}

static us_bank *open_bank(us_client *client, const us_wrapper *wrapper, us_error *error) {
  if (client->is_closed) {
    us_error_set(error, "session: closed (expected: open)");
    return NULL;
  }
  if (wrapper->instances < 1 || wrapper->instances > US_WIRE_MAX_INSTANCES) {
    us_error_set(error, "instances: %" PRId64 " (expected: 1 to %d)", wrapper->instances,
                 US_WIRE_MAX_INSTANCES);
    return NULL;
  }
  /* OPEN uses the buffer in which a STEP may be waiting. */
  if (!connect_once(client, error) ||
      (client->posted_count > 0 && !us_step_exchange(client, error)) ||
      !send_open(client, wrapper, error)) {
    return NULL;
  }
  us_bank *bank = add_bank(client, wrapper, error);
  const us_buffer *in = &client->link.in;
  if (bank == NULL ||
      !us_layout_parse(in->bytes + US_WIRE_HEADER_BYTES, in->size - US_WIRE_HEADER_BYTES,
                       bank->instances, &bank->layout, error) ||
      !check_wrapper(bank, wrapper, error) || !allocate_rows(bank, error)) {
    return NULL;
  }
  return bank;
}

us_bank *us_bank_open(us_client *client, const us_wrapper *wrapper) {
  us_error cause = {""};
  us_bank *bank = open_bank(client, wrapper, &cause);
  if (bank == NULL) {
    us_error_set(&client->error, "%s (circuit %s): %s", wrapper->path, wrapper->circuit,
                 cause.text);
  }
  return bank;
}
