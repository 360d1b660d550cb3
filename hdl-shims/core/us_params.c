#include "us_params.h"

#include "us_wire.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Room for the header and the names beside the table in one frame. */
#define MAX_TABLE_BYTES ((size_t)US_WIRE_MAX_FRAME_BYTES - 262144)

static bool unreadable(const char *file, us_error *error) {
  return us_error_set(error, "parameter file %s: %s (expected: a readable CSV file)", file,
                      strerror(errno));
}

static bool read_all(FILE *in, const char *file, char **text, size_t *size, us_error *error) {
  size_t room = 0;
  for (;;) {
    if (*size == room) {
      room = room == 0 ? 4096 : room * 2;
      char *grown = realloc(*text, room);
      if (grown == NULL) {
        return us_error_set(error, "memory: parameter file %s refused", file);
      }
      *text = grown;
    }
    size_t got = fread(*text + *size, 1, room - *size, in);
    *size += got;
    if (*size > MAX_TABLE_BYTES) {
      return us_error_set(error, "parameter file %s: too long (expected: at most %zu bytes)", file,
                          MAX_TABLE_BYTES);
    }
    if (got == 0) {
      return ferror(in) == 0 || unreadable(file, error);
    }
  }
}

bool us_params_read(const char *file, char **text, size_t *size, us_error *error) {
  *text = NULL;
  *size = 0;
  if (file[0] == '\0') {
    return true;
  }
  FILE *in = fopen(file, "rb");
  if (in == NULL) {
    return unreadable(file, error);
  }
  bool is_read = read_all(in, file, text, size, error);
  fclose(in);
  return is_read;
}
