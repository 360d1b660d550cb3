/* The parameter table of a bank: a CSV file that is sent as it stands. */
#ifndef UNDERSTUDY_US_PARAMS_H
#define UNDERSTUDY_US_PARAMS_H

#include "us_error.h"

#include <stddef.h>

/* Reads the whole file into *text, which the caller frees; an empty name gives an empty table. */
bool us_params_read(const char *file, char **text, size_t *size, us_error *error);

#endif
