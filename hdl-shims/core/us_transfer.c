#include "us_transfer.h"

#include "us_bytes.h"

/* What a server says of a frame that did not reach it as it was sent, of a session that another
 * server may take, or of its own accord. */
static bool may_pass(const us_link *link, unsigned code) {
  switch (code) {
  case US_WIRE_ERROR_CHECKSUM:
  case US_WIRE_ERROR_SEQUENCE:
  case US_WIRE_ERROR_DRAINING:
  case US_WIRE_ERROR_SESSION:
    return true;
  case US_WIRE_ERROR_VERSION:
  case US_WIRE_ERROR_FRAME_TOO_LONG:
    return link->is_known;
  default:
    return link->is_known && us_get_u64(link->in.bytes + 8) == 0;
  }
}

/* The text of an ERROR frame, without the control characters that could spoil a terminal. */
static enum us_outcome server_error(const us_link *link, us_error *error) {
  const uint8_t *bytes = link->in.bytes;
  size_t size = link->in.size;
  if (size < US_WIRE_HEADER_BYTES + 8) {
    us_error_set(error, "server: ERROR frame of %zu bytes (expected: at least %d)", size,
                 US_WIRE_HEADER_BYTES + 8);
    return US_REFUSED;
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
  us_error_set(error, "server: %s (error %u)", text, code);
  return may_pass(link, code) ? US_LOST : US_REFUSED;
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

static enum us_outcome check_header(const us_link *link, us_error *error) {
  const uint8_t *bytes = link->in.bytes;
  size_t length = us_get_u32(bytes);
  bool is_fit = us_frame_is_header(bytes);
  if (bytes[4] != US_WIRE_PROTOCOL_VERSION && !link->is_known &&
      length <= US_WIRE_MAX_FRAME_BYTES) {
    us_error_set(error, "server: protocol version %u (expected: %d)", bytes[4],
                 US_WIRE_PROTOCOL_VERSION);
    return US_REFUSED;
  }
  if (!is_fit) {
    us_error_set(error, "server: frame header: garbled (expected: fields that fit its check)");
    return US_LOST;
  }
  if (length < US_WIRE_HEADER_BYTES - 4 + US_WIRE_TRAILER_BYTES ||
      length > US_WIRE_MAX_FRAME_BYTES) {
    us_error_set(error, "server: frame length %zu (expected: %d to %d)", length,
                 US_WIRE_HEADER_BYTES - 4 + US_WIRE_TRAILER_BYTES, US_WIRE_MAX_FRAME_BYTES);
    return US_REFUSED;
  }
  return US_DONE;
}

/* Receives one frame, whatever it is; its checksum is cut off. */
static enum us_outcome receive_frame(us_link *link, us_deadline deadline, us_error *error) {
  us_buffer *in = &link->in;
  if (link->ahead > 0) {
    memmove(in->bytes, in->bytes + in->size + US_WIRE_TRAILER_BYTES, link->ahead);
  }
  in->size = link->ahead;
  link->ahead = 0;
  if (!fill(link, US_WIRE_HEADER_BYTES, deadline, error)) {
    return US_LOST;
  }
  enum us_outcome outcome = check_header(link, error);
  if (outcome != US_DONE) {
    return outcome;
  }
  size_t bytes = us_frame_bytes(in->bytes);
  if (!fill(link, bytes, deadline, error)) {
    return US_LOST;
  }
  if (!us_frame_is_whole(in->bytes)) {
    us_error_set(error, "server: %s frame: garbled (expected: bytes that fit its checksum)",
                 us_frame_type_name(in->bytes[5]));
    return US_LOST;
  }
  link->ahead = in->size - bytes;
  in->size = bytes - US_WIRE_TRAILER_BYTES;
  return US_DONE;
}

enum us_outcome us_transfer_send(us_link *link, const uint8_t *frame, us_deadline deadline,
                                 us_error *error) {
  if (link->channel == NULL) {
    us_error_set(error, "connection lost (expected: a running server)");
    return US_LOST;
  }
  return link->carrier->send(link->channel, frame, us_frame_bytes(frame), deadline, error)
             ? US_DONE
             : US_LOST;
}

enum us_outcome us_transfer_receive(us_link *link, uint64_t sequence, uint8_t expected,
                                    us_deadline deadline, us_error *error) {
  if (link->channel == NULL) {
    return US_LOST;
  }
  for (;;) {
    enum us_outcome outcome = receive_frame(link, deadline, error);
    if (outcome != US_DONE) {
      return outcome;
    }
    const uint8_t *bytes = link->in.bytes;
    uint64_t answered = us_get_u64(bytes + 8);
    uint8_t type = bytes[5];
    if (type == US_FRAME_TYPE_ERROR) {
      return server_error(link, error);
    }
    if (answered == sequence && (expected == US_ANY_TYPE || type == expected)) {
      return US_DONE;
    }
    if (answered > sequence) {
      us_error_set(error, "server: answer to frame %llu (expected: %llu)",
                   (unsigned long long)answered, (unsigned long long)sequence);
      return US_REFUSED;
    }
    /* SAVED and RESTORED repeat the number of the frame before: what is left of them may come
     * again too. */
    if (answered == sequence && type != US_FRAME_TYPE_SAVED && type != US_FRAME_TYPE_RESTORED &&
        expected != US_FRAME_TYPE_SAVED) {
      us_error_set(error, "server: frame type %u %s (expected: %s)", type, us_frame_type_name(type),
                   us_frame_type_name(expected));
      return US_REFUSED;
    }
  }
}

void us_transfer_close(us_link *link) {
  if (link->channel != NULL) {
    link->carrier->close(link->channel);
  }
  link->channel = NULL;
  link->ahead = 0;
}
