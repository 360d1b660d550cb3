/* What the parts of the client share: the bank table and one bank's state. Not for adapters. */
#ifndef UNDERSTUDY_US_SESSION_H
#define UNDERSTUDY_US_SESSION_H

#include "us_client.h"
#include "us_flags.h"
#include "us_layout.h"
#include "us_link.h"

typedef struct us_bank_totals {
  uint64_t crossings;
  uint64_t e1;
  uint64_t e2;
  uint64_t e3;
  uint64_t idle_periods;
  uint64_t outputs;
  double energy_j;
  double dynamic_j;
  double static_j;
  double latency_mean_s;
  double latency_max_s;
  uint64_t flagged;
  uint64_t outside;
} us_bank_totals;

struct us_bank {
  us_client *client;
  int handle;
  char *path;
  char *circuit;
  uint32_t instances;
  us_layout layout;
  size_t step_bytes;   /* the largest section of this bank in STEP */
  size_t answer_bytes; /* and in ANSWER */

  bool is_posted;  /* posted and not yet collected */
  bool had_inputs; /* has had an input since it was opened */
  int64_t post_time_fs;
  int64_t collect_time_fs;

  /* The collected answer. */
  uint64_t step;     /* number of the exchange that brought it */
  uint32_t *changed; /* instances whose outputs change, in the order of changed_ps once collected */
  int64_t *changed_ps; /* and when: fs from the edge; ps from the collect once collected */
  uint32_t changed_count;
  uint32_t changed_next; /* the cursor of us_bank_next */
  int64_t wait_ps;       /* of the last one that was fetched */
  int64_t played_ps;     /* when the last one that was fetched changed */
  double energy_j;
  double step_energy_j;
  double latency_s;

  /* One entry an instance. */
  uint64_t *row_step; /* the exchange that brought its latest row */
  double *row_energy_j;
  double *row_latency_s;
  /* One entry an instance and output value. */
  double *values;
  uint32_t *codes;
  uint32_t *row_words; /* the codes of the instance at the cursor, packed */

  us_flags flags;
  us_bank_totals totals; /* after the session was closed */
};

struct us_client {
  char *name;
  us_link link;
  us_error error;
  us_bank **banks;
  int bank_count;

  /* The STEP frame that is being filled: it lives in link.out. */
  int64_t step_time_fs;
  us_bank **posted; /* its sections' banks, in order */
  int posted_count;
  bool is_sent;        /* the frame is on its way, its answer still to be received */
  size_t step_bound;   /* the largest size the frame can have with these sections */
  size_t answer_bound; /* and its answer */
  uint64_t step;       /* exchanges of STEP so far */

  bool is_strict;
  bool has_deadline; /* deadline_s is in the place of the environment's */
  int64_t deadline_s;
  bool has_notes; /* the answer that is being read has something to tell */
  char *notes;    /* lines for the adapter to print; NULL if there are none */

  bool is_closed;
  char *summary;
};

/* us_client.c: keeps the failure with the place and the simulation time. Returns false. */
bool us_fail_at(us_client *client, const char *path, int64_t time_fs, const us_error *cause);
/* us_step.c: adds the bank's section to the STEP frame. */
bool us_step_add(us_bank *bank, us_vector valid, us_vector codes, us_error *error);
/* us_step.c: sends the STEP frame, if one waits, and does not wait for its answer. */
bool us_step_send(us_client *client, us_error *error);
/* us_step.c: sends the STEP frame unless that is done and spreads its answer over the banks. */
bool us_step_exchange(us_client *client, us_error *error);
/* us_answer.c: reads one section at *at, moves *at behind it. */
bool us_answer_section(us_bank *bank, const uint8_t *frame, size_t size, size_t *at,
                       us_error *error);
/* us_summary.c: reads SUMMARY into the banks; renders the table; writes the JSON file. */
bool us_summary_parse(us_client *client, us_error *error);
bool us_summary_render(us_client *client, us_error *error);
bool us_summary_write(const us_client *client, const char *file, us_error *error);

#endif
