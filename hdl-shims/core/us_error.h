/* One error: the text of the first failure, in the form `thing: value (expected: ...)`. */
#ifndef UNDERSTUDY_US_ERROR_H
#define UNDERSTUDY_US_ERROR_H

#include <stdbool.h>

typedef struct us_error {
  char text[1024];
} us_error;

/* Writes the text, cut to the room there is. Always returns false, so that a failing function can
 * end with `return us_error_set(...)`. */
bool us_error_set(us_error *error, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
