#include "us_address.h"

#include <stdlib.h>
#include <string.h>

/* The forms that end in HOST:PORT. */
static const struct {
  const char *prefix;
  enum us_transport transport;
} REMOTE[] = {{"tcp:", US_TRANSPORT_TCP},
              {"tls:", US_TRANSPORT_TLS},
              {"grpc:", US_TRANSPORT_GRPC},
              {"grpcs:", US_TRANSPORT_GRPCS}};

static bool parse_unix(const char *path, us_address *address, us_error *error) {
  size_t length = strlen(path);
  if (length == 0) {
    return us_error_set(error, "UNDERSTUDY_SERVER: %s (expected: a path after unix:)",
                        address->text);
  }
  if (length >= sizeof address->path) {
    return us_error_set(error, "UNDERSTUDY_SERVER: path of %zu bytes (expected: at most %zu)",
                        length, sizeof address->path - 1);
  }
  address->transport = US_TRANSPORT_UNIX;
  memcpy(address->path, path, length + 1);
  return true;
}

static bool is_port(const char *text) {
  size_t length = strlen(text);
  if (length == 0 || length > 5 || strspn(text, "0123456789") != length) {
    return false;
  }
  long port = strtol(text, NULL, 10);
  return port >= 1 && port <= 65535;
}

static bool parse_remote(const char *rest, us_address *address, us_error *error) {
  const char *colon = strrchr(rest, ':');
  if (colon == NULL || !is_port(colon + 1)) {
    return us_error_set(error, "UNDERSTUDY_SERVER: %s (expected: HOST:PORT, port 1 to 65535)",
                        address->text);
  }
  const char *host = rest;
  size_t length = (size_t)(colon - rest);
  if (length >= 2 && host[0] == '[' && host[length - 1] == ']') {
    host++;
    length -= 2;
  }
  if (length == 0 || length >= sizeof address->host) {
    return us_error_set(error, "UNDERSTUDY_SERVER: %s (expected: a host in HOST:PORT)",
                        address->text);
  }
  memcpy(address->host, host, length);
  address->host[length] = '\0';
  memcpy(address->port, colon + 1, strlen(colon + 1) + 1);
  return true;
}

bool us_address_parse(const char *text, us_address *address, us_error *error) {
  memset(address, 0, sizeof *address);
  size_t length = strlen(text);
  if (length >= sizeof address->text) {
    return us_error_set(error, "UNDERSTUDY_SERVER: %zu bytes (expected: less than %zu)", length,
                        sizeof address->text);
  }
  memcpy(address->text, text, length + 1);
  if (strncmp(text, "unix:", 5) == 0) {
    return parse_unix(text + 5, address, error);
  }
  if (strncmp(text, "record:", 7) == 0) {
    if (text[7] == '\0') {
      return us_error_set(error, "UNDERSTUDY_SERVER: %s (expected: a file after record:)", text);
    }
    address->transport = US_TRANSPORT_RECORD;
    return true;
  }
  for (size_t i = 0; i < sizeof REMOTE / sizeof *REMOTE; i++) {
    size_t prefix = strlen(REMOTE[i].prefix);
    if (strncmp(text, REMOTE[i].prefix, prefix) == 0) {
      address->transport = REMOTE[i].transport;
      return parse_remote(text + prefix, address, error);
    }
  }
  return us_error_set(error, "UNDERSTUDY_SERVER: %s (expected: " US_ADDRESS_FORMS ")", text);
}
