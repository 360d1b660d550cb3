/* Flags of answered rows: quantities outside the trained range, clamped outputs and latencies,
 * outputs that came too late. */
#ifndef UNDERSTUDY_US_FLAGS_H
#define UNDERSTUDY_US_FLAGS_H

#include "us_client.h"
#include "us_error.h"

#include <stdio.h>

enum us_flag_kind { US_FLAG_RANGE, US_FLAG_OUTPUT, US_FLAG_LATENCY, US_FLAG_MISSED, US_FLAG_KINDS };

/* The first row of a kind in a bank. */
typedef struct us_first {
  bool is_fresh; /* and not yet told */
  uint32_t instance;
  int64_t time_fs;
  int64_t delay_fs;
  double output;
} us_first;

/* What one instance had. */
typedef struct us_flag_counts {
  uint32_t rows; /* with any flag */
  uint32_t count[US_FLAG_KINDS];
} us_flag_counts;

typedef struct us_flags {
  uint64_t count[US_FLAG_KINDS]; /* rows of the bank */
  us_first first[US_FLAG_KINDS];
  uint32_t instances; /* that had any */
  us_flag_counts *of; /* one entry an instance */
} us_flags;

bool us_flags_allocate(us_bank *bank, us_error *error);
void us_flags_free(us_bank *bank);

/* Counts one row's flags; allocates nothing. outputs is the row's first output value. */
void us_flags_take(us_bank *bank, uint32_t instance, uint32_t row_flags, const uint8_t *outputs,
                   int64_t delay_fs);

/* After an answer: notes for people what came for the first time, or fails if the client is
 * strict. notices is the part of ANSWER behind its sections. */
bool us_flags_tell(us_client *client, us_bank *const *banks, int count, const uint8_t *notices,
                   size_t bytes, us_error *error);

/* After SUMMARY: fails if the client is strict and an event was outside. */
bool us_flags_check_end(us_client *client, us_error *error);

/* A line below the summary's table, if there was anything; and members of the bank's JSON. */
void us_flags_print(const us_bank *bank, FILE *out);
void us_flags_print_json(const us_bank *bank, FILE *out);

#endif
