/* The client of a server's session, as a simulator's adapter sees it: it opens banks, posts their
 * inputs, collects their outputs and closes the session. It knows no simulator.
 *
 * A function that returns false (or NULL) has failed for good: us_client_error says why, and the
 * session cannot go on. Times are femtoseconds of simulation, energies joules, latencies seconds.
 * Vectors are 32-bit words, least significant first, as a simulator's packed vectors are. */
#ifndef UNDERSTUDY_US_CLIENT_H
#define UNDERSTUDY_US_CLIENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct us_client us_client;
typedef struct us_bank us_bank;

/* A vector from the simulator. unknown has a 1 where a bit is X or Z; NULL if there is none. */
typedef struct us_vector {
  const uint32_t *bits;
  const uint32_t *unknown;
} us_vector;

/* What a wrapper was generated for; us_bank_open checks it against the server's circuit. */
typedef struct us_wrapper {
  const char *path;        /* the bank in the simulator: tb.dut.u_neurons */
  const char *circuit;     /* the circuit's name: lif_neuron */
  const char *params_file; /* CSV file of the instances' parameters; "" for none */
  int64_t instances;
  int64_t valid_bits;
  int64_t code_bits;
  int64_t row_bits;
} us_wrapper;

/* One instance's change of outputs. */
typedef struct us_change {
  uint32_t instance;
  int64_t wait_ps;       /* from the collect, or from the last change */
  const uint32_t *codes; /* the codes of its outputs, output after output; until the next call */
  size_t code_words;
} us_change;

/* A client that is not connected yet; the first us_bank_open connects to UNDERSTUDY_SERVER.
 * client_name goes into the server's logs (vpi/icarus). NULL if there is no memory. */
us_client *us_client_new(const char *client_name);

/* The first failure: `PATH at TIME: thing: value (expected: ...)`; "" if there was none. */
const char *us_client_error(const us_client *client);

/* Whether a flag of an answered row (a quantity outside the trained range, a clamped output or
 * latency) is an error. It is from the start if UNDERSTUDY_STRICT is set and not 0. */
void us_client_set_strict(us_client *client, bool is_strict);

/* How long a lost server is looked for, in s, in place of UNDERSTUDY_DEADLINE_S; before the first
 * bank is opened. */
void us_client_set_deadline_s(us_client *client, int64_t deadline_s);

/* What people should know of the last answer: lines that end each in a newline, which the caller
 * prints and frees; NULL for none. */
char *us_client_take_notes(us_client *client);

/* Opens a bank at the server. NULL on failure. */
us_bank *us_bank_open(us_client *client, const us_wrapper *wrapper);

/* The bank's number in this client, 1 for the first. */
int us_bank_handle(const us_bank *bank);

/* The bank of a handle; NULL with an error if there is none. */
us_bank *us_client_bank(us_client *client, int handle);

/* Notes the inputs at an edge. All posts of one time go to the server in one frame, as soon as
 * one of them is collected, or a post of another time comes. An input that is used (its valid bit
 * is 1) and has an unknown bit is an error; unknown valid bits are one once the bank has had an
 * input, and count as 0 before (a design that is not yet reset). */
bool us_bank_post(us_bank *bank, int64_t time_fs, us_vector valid, us_vector codes);

/* Sends what was posted with the bank's post, so that the server works on it while the simulator
 * goes on. Nothing more may be posted at that time. */
bool us_bank_flush(us_bank *bank);

/* When after its edge a post is to be collected, in ps: as late as the circuit's minimum latency
 * and `most_ps` allow, so that no output is late; at least 1. */
int64_t us_bank_lookahead_ps(const us_bank *bank, int64_t most_ps);

/* Waits for the answer to the bank's post. time_fs is the time of the collect. */
bool us_bank_collect(us_bank *bank, int64_t time_fs);

/* The next instance whose outputs change by the collected answer (an event, or a level whose code
 * differs from the last), in the order of the times of change; false if there is none left (the
 * change then still has the wait and codes of the last one: a simulator that copies outputs back
 * whatever happens must not get a stray value). The
 * first comes at least 1 ps after the collect, the last at least 1 ps before the next edge. */
bool us_bank_next(us_bank *bank, us_change *change);

/* A simulator's time in ps (exact to 1 fs below 9e15 ps) as femtoseconds. */
int64_t us_time_fs(double time_ps);

double us_bank_energy_j(const us_bank *bank);      /* of the run so far */
double us_bank_step_energy_j(const us_bank *bank); /* of the collected answer's rows */
double us_bank_latency_s(const us_bank *bank);     /* largest of the last answer that had one */

/* One instance: the energy of its row in the collected answer (0 without one), its latest latency,
 * and its latest output value number `index` (all outputs' elements in order). False with an
 * error if there is no such instance or value. */
bool us_instance_row(us_bank *bank, int64_t instance, double *energy_j, double *latency_s);
bool us_instance_value(us_bank *bank, int64_t instance, int64_t index, double *value);

/* Sends what is still posted, closes the session and writes the summary to the file that
 * UNDERSTUDY_SUMMARY names. Does nothing if no bank was opened or the session is closed. */
bool us_client_close(us_client *client, int64_t time_fs);

/* The summary as a table for people; "" before us_client_close has succeeded. */
const char *us_client_summary(const us_client *client);

/* Frees everything; a session that is still open is dropped without CLOSE. */
void us_client_free(us_client *client);

#endif
