/* STEP: the inputs of all banks at one time, in one frame. */
#include "us_bytes.h"
#include "us_session.h"
#include "us_wire.h"

#define FIXED_BYTES 32
#define SECTION_BYTES 16

static bool bit(const uint32_t *words, size_t number) {
  return (words[number / 32] >> (number % 32) & 1) != 0;
}

static uint32_t count_ones(const uint32_t *words, size_t bits) {
  uint32_t count = 0;
  for (size_t word = 0; word < bits / 32; word++) {
    count += (uint32_t)__builtin_popcount(words[word]);
  }
  unsigned rest = (unsigned)(bits % 32);
  if (rest != 0) {
    count += (uint32_t)__builtin_popcount(words[bits / 32] & ((1u << rest) - 1));
  }
  return count;
}

/* A valid bit that is unknown: no input while the design may not be reset yet, an error after. */
static bool check_valid(const us_bank *bank, us_vector valid, us_error *error) {
  if (valid.unknown == NULL || !bank->had_inputs) {
    return true;
  }
  for (size_t i = 0; i < bank->layout.valid_bits; i++) {
    if (bit(valid.unknown, i)) {
      return us_error_set(error, "in_valid of instance %zu: x or z (expected: 0 or 1)", i);
    }
  }
  return true;
}

/* The values of one set of inputs: of one instance, or of all with shared inputs (instance 0). */
static bool put_values(const us_bank *bank, size_t instance, us_vector codes, uint8_t *to,
                       us_error *error) {
  const us_layout *layout = &bank->layout;
  for (uint32_t p = 0; p < layout->input_count; p++) {
    const us_port *port = &layout->ports[p];
    size_t at = port->first_bit + instance * port->elements * port->bits;
    for (uint32_t e = 0; e < port->elements; e++, at += port->bits, to += 8) {
      if (codes.unknown != NULL && us_bits_get(codes.unknown, at, port->bits) != 0) {
        return us_error_set(error,
                            "input %s of instance %zu, element %u: x or z (expected: 0 or 1)",
                            port->name, instance, e);
      }
      us_put_f64(to, us_port_value(port, us_bits_get(codes.bits, at, port->bits)));
    }
  }
  return true;
}

/* Starts a frame if none is being filled; sends the one that is if it would grow too long. */
static bool begin(us_bank *bank, us_error *error) {
  us_client *client = bank->client;
  size_t limit = (size_t)US_WIRE_MAX_FRAME_BYTES;
  if (client->posted_count > 0 && (client->step_bound + bank->step_bytes > limit ||
                                   client->answer_bound + bank->answer_bytes > limit)) {
    if (!us_step_exchange(client, error)) {
      return false;
    }
  }
  if (client->posted_count == 0) {
    client->link.out.size = FIXED_BYTES;
    client->step_bound = FIXED_BYTES;
    client->answer_bound = FIXED_BYTES;
  }
  client->step_bound += bank->step_bytes;
  client->answer_bound += bank->answer_bytes;
  return us_buffer_reserve(&client->link.out, client->step_bound, error);
}

/* The rows of a bank whose instances have inputs of their own. Returns the bytes written, 0 with
 * an error. */
static size_t put_rows(us_bank *bank, uint32_t rows, us_vector valid, us_vector codes, uint8_t *to,
                       us_error *error) {
  bool is_all = rows == bank->instances;
  uint8_t *index = to;
  uint8_t *values = is_all ? to : to + us_padded((size_t)rows * 4);
  if (rows % 2 != 0 && !is_all) {
    us_put_u32(to + (size_t)rows * 4, 0);
  }
  for (uint32_t i = 0; i < bank->instances; i++) {
    if (i % 32 == 0 && valid.bits[i / 32] == 0) {
      i += 31;
      continue;
    }
    if (!bit(valid.bits, i)) {
      continue;
    }
    if (!is_all) {
      us_put_u32(index, i);
      index += 4;
    }
    if (!put_values(bank, i, codes, values, error)) {
      return 0;
    }
    values += (size_t)bank->layout.input_values * 8;
  }
  return (size_t)(values - to);
}

bool us_step_add(us_bank *bank, us_vector valid, us_vector codes, us_error *error) {
  us_client *client = bank->client;
  const us_layout *layout = &bank->layout;
  if (!check_valid(bank, valid, error) || !begin(bank, error)) {
    return false;
  }
  uint32_t rows = count_ones(valid.bits, layout->valid_bits);
  if (layout->shared_inputs && rows > 0) {
    rows = bank->instances;
  }
  uint8_t *section = client->link.out.bytes + client->link.out.size;
  us_put_u32(section, layout->bank);
  us_put_u32(section + 4, rows);
  us_put_u32(section + 8, rows == bank->instances ? US_BANK_FLAG_ALL_ROWS : US_BANK_FLAG_NONE);
  us_put_u32(section + 12, 0);
  size_t bytes = 0;
  if (rows > 0 && layout->shared_inputs) {
    if (!put_values(bank, 0, codes, section + SECTION_BYTES, error)) {
      return false;
    }
    bytes = (size_t)layout->input_values * 8;
  } else if (rows > 0) {
    bytes = put_rows(bank, rows, valid, codes, section + SECTION_BYTES, error);
    if (bytes == 0) {
      return false;
    }
  }
  client->link.out.size += SECTION_BYTES + bytes;
  client->posted[client->posted_count++] = bank;
  bank->had_inputs = bank->had_inputs || rows > 0;
  return true;
}

bool us_step_send(us_client *client, us_error *error) {
  us_link *link = &client->link;
  if (client->is_sent || client->posted_count == 0) {
    return true;
  }
  us_put_u32(link->out.bytes + 24, (uint32_t)client->posted_count);
  us_put_u32(link->out.bytes + 28, 0);
  client->is_sent = true;
  return us_buffer_reserve(&link->in, client->answer_bound, error) &&
         us_link_send(link, US_FRAME_TYPE_STEP, client->step_time_fs, US_FRAME_TYPE_ANSWER, error);
}

bool us_step_exchange(us_client *client, us_error *error) {
  us_link *link = &client->link;
  int count = client->posted_count;
  if (!us_step_send(client, error)) {
    return false;
  }
  client->posted_count = 0;
  client->is_sent = false;
  client->step++;
  if (!us_link_receive(link, US_FRAME_TYPE_ANSWER, error)) {
    return false;
  }
  const uint8_t *frame = link->in.bytes;
  if (link->in.size < FIXED_BYTES || us_get_u32(frame + 24) != (uint32_t)count) {
    return us_error_set(error, "ANSWER: %zu bytes, %u sections (expected: %d sections)",
                        link->in.size, link->in.size < 28 ? 0 : us_get_u32(frame + 24), count);
  }
  size_t at = FIXED_BYTES;
  for (int i = 0; i < count; i++) {
    if (!us_answer_section(client->posted[i], frame, link->in.size, &at, error)) {
      return false;
    }
  }
  size_t notice_bytes = us_get_u32(frame + 28);
  if (at + notice_bytes != link->in.size) {
    return us_error_set(error, "ANSWER: %zu bytes (expected: %zu for its sections and notices)",
                        link->in.size, at + notice_bytes);
  }
  return us_flags_tell(client, client->posted, count, frame + at, notice_bytes, error);
}
