/* The DPI-C side of the shim: what sv/understudy.svh imports (Verilator). */
#define _POSIX_C_SOURCE 200809L

#include "us_client.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <svdpi.h>
#include <unistd.h>

#define STATUS_NOT_COMPLETED 3

void us_strict(int is_strict);
void us_deadline(int deadline_s);
void us_open(int *handle, const char *path, const char *circuit, const char *params_file,
             int instances, int valid_bits, int code_bits, int row_bits);
void us_post(int handle, double time_ps, const svBitVecVal *valid, const svBitVecVal *codes);
void us_flush(int handle);
void us_lookahead(int handle, int most_ps, int *wait_ps);
void us_collect(int handle, double time_ps, double *energy_j, double *step_energy_j,
                double *latency_s);
void us_next(int handle, int *instance, long long *wait_ps, svBitVecVal *codes);
void us_instance(int handle, int instance, double *energy_j, double *latency_s);
void us_value(int handle, int instance, int index, double *value);
void us_close(int handle, double time_ps);

static us_client *client;

/* A simulator's own $fatal would end with a status of its choice: the process ends here. */
static void give_up(const char *why) {
  fflush(NULL);
  fprintf(stderr, "understudy: %s\n", why);
  _exit(STATUS_NOT_COMPLETED);
}

static void check(bool is_done) {
  if (!is_done) {
    give_up(us_client_error(client));
  }
}

static us_bank *bank_of(int handle) {
  if (client == NULL) {
    give_up("handle: used before $us_open (expected: after)");
  }
  us_bank *bank = us_client_bank(client, handle);
  check(bank != NULL);
  return bank;
}

static void make_client(void) {
  if (client == NULL) {
    client = us_client_new("dpi/verilator");
  }
  if (client == NULL) {
    give_up("memory: client refused");
  }
}

static void print_notes(void) {
  char *notes = us_client_take_notes(client);
  char *rest = NULL;
  for (char *line = notes == NULL ? NULL : strtok_r(notes, "\n", &rest); line != NULL;
       line = strtok_r(NULL, "\n", &rest)) {
    printf("understudy: %s\n", line);
  }
  free(notes);
}

void us_strict(int is_strict) {
  make_client();
  us_client_set_strict(client, is_strict != 0);
}

void us_deadline(int deadline_s) {
  make_client();
  us_client_set_deadline_s(client, deadline_s);
}

void us_open(int *handle, const char *path, const char *circuit, const char *params_file,
             int instances, int valid_bits, int code_bits, int row_bits) {
  make_client();
  /* Verilator puts a scope TOP above the testbench, which other simulators do not have. */
  us_wrapper wrapper = {.path = strncmp(path, "TOP.", 4) == 0 ? path + 4 : path,
                        .circuit = circuit,
                        .params_file = params_file,
                        .instances = instances,
                        .valid_bits = valid_bits,
                        .code_bits = code_bits,
                        .row_bits = row_bits};
  us_bank *bank = us_bank_open(client, &wrapper);
  check(bank != NULL);
  *handle = us_bank_handle(bank);
}

void us_post(int handle, double time_ps, const svBitVecVal *valid, const svBitVecVal *codes) {
  us_vector valid_vector = {valid, NULL};
  us_vector code_vector = {codes, NULL};
  check(us_bank_post(bank_of(handle), us_time_fs(time_ps), valid_vector, code_vector));
}

void us_flush(int handle) { check(us_bank_flush(bank_of(handle))); }

void us_lookahead(int handle, int most_ps, int *wait_ps) {
  *wait_ps = (int)us_bank_lookahead_ps(bank_of(handle), most_ps);
}

void us_collect(int handle, double time_ps, double *energy_j, double *step_energy_j,
                double *latency_s) {
  us_bank *bank = bank_of(handle);
  check(us_bank_collect(bank, us_time_fs(time_ps)));
  print_notes();
  *energy_j = us_bank_energy_j(bank);
  *step_energy_j = us_bank_step_energy_j(bank);
  *latency_s = us_bank_latency_s(bank);
}

void us_next(int handle, int *instance, long long *wait_ps, svBitVecVal *codes) {
  us_change change;
  *instance = -1;
  if (us_bank_next(bank_of(handle), &change)) {
    *instance = (int)change.instance;
  }
  /* Verilator copies all outputs back, set or not. */
  *wait_ps = change.wait_ps;
  memcpy(codes, change.codes, change.code_words * sizeof *codes);
}

void us_instance(int handle, int instance, double *energy_j, double *latency_s) {
  check(us_instance_row(bank_of(handle), instance, energy_j, latency_s));
}

void us_value(int handle, int instance, int index, double *value) {
  check(us_instance_value(bank_of(handle), instance, index, value));
}

void us_close(int handle, double time_ps) {
  if (handle == 0 || client == NULL) {
    return; /* the run ended before the bank was opened */
  }
  check(us_client_close(client, us_time_fs(time_ps)));
  print_notes();
  if (us_client_summary(client)[0] != '\0') {
    fputs(us_client_summary(client), stdout);
    fflush(stdout);
    us_client_free(client);
    client = NULL;
  }
}
