#define _POSIX_C_SOURCE 200809L

#include "us_link.h"

#include "us_bytes.h"
#include "us_wire.h"

#include <stdlib.h>

static const char *const TYPE_NAMES[] = {"UNSPECIFIED", "HELLO",  "WELCOME", "OPEN",    "OPENED",
                                         "STEP",        "ANSWER", "CLOSE",   "SUMMARY", "ERROR"};

static const char *type_name(uint8_t type) {
  return type < sizeof TYPE_NAMES / sizeof *TYPE_NAMES ? TYPE_NAMES[type] : "unknown";
}

bool us_buffer_reserve(us_buffer *buffer, size_t room, us_error *error) {
  if (room <= buffer->room) {
    return true;
  }
  uint8_t *grown = realloc(buffer->bytes, room);
  if (grown == NULL) {
    return us_error_set(error, "memory: %zu bytes refused (expected: room for a frame)", room);
  }
  buffer->bytes = grown;
  buffer->room = room;
  return true;
}

/* The text of an ERROR frame, without the control characters that could spoil a terminal. */
static bool server_error(const us_link *link, us_error *error) {
  const uint8_t *bytes = link->in.bytes;
  size_t size = link->in.size;
  if (size < US_WIRE_HEADER_BYTES + 8) {
    return us_error_set(error, "server: ERROR frame of %zu bytes (expected: at least %d)", size,
                        US_WIRE_HEADER_BYTES + 8);
  }
  unsigned code = us_get_u16(bytes + 24);
  size_t length = us_get_u32(bytes + 28);
  if (length > size - 32) {
    length = size - 32;
  }
  char text[800];
  if (length >= sizeof text) {
    length = sizeof text - 1;
  }
  for (size_t i = 0; i < length; i++) {
    uint8_t byte = bytes[32 + i];
    text[i] = byte < 0x20 || byte == 0x7f ? ' ' : (char)byte;
  }
  text[length] = '\0';
  return us_error_set(error, "server: %s (error %u)", text, code);
}

static bool check_header(const us_link *link, uint8_t expected, us_error *error) {
  const uint8_t *bytes = link->in.bytes;
  uint8_t version = bytes[4];
  uint8_t type = bytes[5];
  if (version != US_WIRE_PROTOCOL_VERSION) {
    return us_error_set(error, "server: protocol version %u (expected: %d)", version,
                        US_WIRE_PROTOCOL_VERSION);
  }
  if (type != expected && type != US_FRAME_TYPE_ERROR) {
    return us_error_set(error, "server: frame type %u %s (expected: %s)", type, type_name(type),
                        type_name(expected));
  }
  if (us_get_u64(bytes + 8) != link->sequence) {
    return us_error_set(error, "server: answer to frame %llu (expected: %llu)",
                        (unsigned long long)us_get_u64(bytes + 8),
                        (unsigned long long)link->sequence);
  }
  return true;
}

/* Receives until the buffer holds `wanted` bytes. */
static bool fill(us_link *link, size_t wanted, us_deadline deadline, us_error *error) {
  us_buffer *in = &link->in;
  if (!us_buffer_reserve(in, wanted, error)) {
    return false;
  }
  while (in->size < wanted) {
    size_t got = link->carrier->receive(link->channel, in->bytes + in->size, in->room - in->size,
                                        deadline, error);
    if (got == 0) {
      return false;
    }
    in->size += got;
  }
  return true;
}

static bool receive(us_link *link, uint8_t expected, us_deadline deadline, us_error *error) {
  us_buffer *in = &link->in;
  in->size = 0;
  if (!fill(link, US_WIRE_HEADER_BYTES, deadline, error)) {
    return false;
  }
  size_t length = us_get_u32(in->bytes);
  if (length < US_WIRE_HEADER_BYTES - 4 || length > US_WIRE_MAX_FRAME_BYTES) {
    return us_error_set(error, "server: frame length %zu (expected: %d to %d)", length,
                        US_WIRE_HEADER_BYTES - 4, US_WIRE_MAX_FRAME_BYTES);
  }
  /* A server of another version says so in an ERROR frame of its own: read that one first. */
  bool is_error = in->bytes[5] == US_FRAME_TYPE_ERROR;
  if (!is_error && !check_header(link, expected, error)) {
    return false;
  }
  if (!fill(link, 4 + length, deadline, error)) {
    return false;
  }
  if (is_error) {
    return server_error(link, error);
  }
  if (in->size != 4 + length) {
    return us_error_set(error, "server: %zu bytes after the answer (expected: none)",
                        in->size - 4 - length);
  }
  return true;
}

static bool send_frame(us_link *link, uint8_t type, int64_t time_fs, uint8_t expected,
                       us_deadline deadline, us_error *error) {
  uint8_t *bytes = link->out.bytes;
  if (link->out.size - 4 > US_WIRE_MAX_FRAME_BYTES) {
    return us_error_set(error, "%s frame: length %zu (expected: at most %d)", type_name(type),
                        link->out.size - 4, US_WIRE_MAX_FRAME_BYTES);
  }
  link->sequence++;
  us_put_u32(bytes, (uint32_t)(link->out.size - 4));
  bytes[4] = US_WIRE_PROTOCOL_VERSION;
  bytes[5] = type;
  us_put_u16(bytes + 6, 0);
  us_put_u64(bytes + 8, link->sequence);
  us_put_i64(bytes + 16, time_fs);
  if (!link->carrier->send(link->channel, bytes, link->out.size, deadline, error)) {
    /* A server that refused the session leaves its ERROR to be read before it closes. */
    us_error refusal = {""};
    link->in.size = 0;
    if (!receive(link, expected, deadline, &refusal) && link->in.size > US_WIRE_HEADER_BYTES &&
        link->in.bytes[5] == US_FRAME_TYPE_ERROR) {
      *error = refusal;
    }
    return false;
  }
  return true;
}

bool us_link_send(us_link *link, uint8_t type, int64_t time_fs, uint8_t expected, us_error *error) {
  return send_frame(link, type, time_fs, expected, us_deadline_after(link->timeout_ms), error);
}

bool us_link_receive(us_link *link, uint8_t expected, us_error *error) {
  return receive(link, expected, us_deadline_after(link->timeout_ms), error);
}

bool us_link_exchange(us_link *link, uint8_t type, int64_t time_fs, uint8_t expected,
                      us_error *error) {
  us_deadline deadline = us_deadline_after(link->timeout_ms);
  return send_frame(link, type, time_fs, expected, deadline, error) &&
         receive(link, expected, deadline, error);
}

static bool say_hello(us_link *link, const char *client_name, us_error *error) {
  size_t length = strlen(client_name);
  size_t size = US_WIRE_HEADER_BYTES + 10 + length;
  const char *token = getenv("UNDERSTUDY_TOKEN");
  size_t token_length = token != NULL ? strlen(token) : 0;
  if (token_length > UINT16_MAX) {
    return us_error_set(error, "UNDERSTUDY_TOKEN: %zu bytes (expected: at most %d)", token_length,
                        UINT16_MAX);
  }
  size += token_length > 0 ? 2 + token_length : 0;
  if (!us_buffer_reserve(&link->out, size, error)) {
    return false;
  }
  memcpy(link->out.bytes + 24, "UNDRSTDY", 8);
  us_put_u16(link->out.bytes + 32, (uint16_t)length);
  memcpy(link->out.bytes + 34, client_name, length);
  if (token_length > 0) {
    us_put_u16(link->out.bytes + 34 + length, (uint16_t)token_length);
    memcpy(link->out.bytes + 36 + length, token, token_length);
  }
  link->out.size = size;
  if (!us_link_exchange(link, US_FRAME_TYPE_HELLO, 0, US_FRAME_TYPE_WELCOME, error)) {
    return false;
  }
  if (link->in.size < US_WIRE_HEADER_BYTES + 10) {
    return us_error_set(error, "server: WELCOME of %zu bytes (expected: at least %d)",
                        link->in.size, US_WIRE_HEADER_BYTES + 10);
  }
  return true;
}

bool us_link_open(us_link *link, const us_address *address, const char *client_name,
                  us_error *error) {
  link->sequence = 0;
  link->carrier = us_channel_find(address, error);
  if (link->carrier == NULL) {
    return false;
  }
  link->channel = link->carrier->open(address, us_deadline_after(link->timeout_ms), error);
  return link->channel != NULL && say_hello(link, client_name, error);
}

void us_link_close(us_link *link) {
  if (link->channel != NULL) {
    link->carrier->close(link->channel);
  }
  link->channel = NULL;
  free(link->out.bytes);
  free(link->in.bytes);
  memset(&link->out, 0, sizeof link->out);
  memset(&link->in, 0, sizeof link->in);
}
