/* The VPI side of the shim: the system tasks $us_... (Icarus Verilog). */
#define _POSIX_C_SOURCE 200809L

#include "us_client.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vpi_user.h>

#define STATUS_NOT_COMPLETED 3
#define MAX_ARGUMENTS 8

/* A call in the source: its arguments, found once, and room for two vectors. */
typedef struct us_call {
  vpiHandle arguments[MAX_ARGUMENTS];
  int count;
  uint32_t *words[4]; /* bits and unknown of two vectors */
  size_t room[2];     /* words of each */
  s_vpi_vecval *packed;
  size_t packed_room;
} us_call;

/* A system task: its name and arguments as messages show them. */
typedef struct us_task {
  const char *name;
  const char *arguments;
  int count;
  void (*run)(us_call *call);
} us_task;

static us_client *client;

/* Whether both streams end in the same place: a terminal, or one file. */
static bool is_same_place(int left, int right) {
  struct stat a;
  struct stat b;
  return fstat(left, &a) == 0 && fstat(right, &b) == 0 && a.st_dev == b.st_dev &&
         a.st_ino == b.st_ino;
}

/* Says why in the simulator's output (and its log), and on the error stream unless that shows it.
 */
static void give_up(const char *why) {
  vpi_printf("understudy: %s\n", why);
  vpi_flush();
  fflush(NULL);
  if (!is_same_place(STDOUT_FILENO, STDERR_FILENO)) {
    fprintf(stderr, "understudy: %s\n", why);
  }
  _exit(STATUS_NOT_COMPLETED);
}

static void check(bool is_done) {
  if (!is_done) {
    give_up(us_client_error(client));
  }
}

static void check_memory(const void *memory) {
  if (memory == NULL) {
    give_up("memory: vectors refused");
  }
}

static void check_vpi(void) {
  s_vpi_error_info info;
  if (vpi_chk_error(&info) != 0) {
    give_up(info.message != NULL ? info.message : "vpi: a call failed");
  }
}

static int int_of(us_call *call, int number) {
  s_vpi_value value = {.format = vpiIntVal};
  vpi_get_value(call->arguments[number], &value);
  return value.value.integer;
}

static double real_of(us_call *call, int number) {
  s_vpi_value value = {.format = vpiRealVal};
  vpi_get_value(call->arguments[number], &value);
  return value.value.real;
}

/* A copy, since the next vpi_get_value reuses the simulator's buffer. */
static char *text_of(us_call *call, int number) {
  s_vpi_value value = {.format = vpiStringVal};
  vpi_get_value(call->arguments[number], &value);
  const char *text = value.value.str != NULL ? value.value.str : "";
  char *copy = malloc(strlen(text) + 1);
  check_memory(copy);
  return strcpy(copy, text);
}

/* Splits the vector argument into its bits and its unknown bits; slot is 0 or 1. */
static us_vector vector_of(us_call *call, int number, int slot) {
  size_t words = ((size_t)vpi_get(vpiSize, call->arguments[number]) + 31) / 32;
  if (words > call->room[slot]) {
    for (int half = 2 * slot; half < 2 * slot + 2; half++) {
      call->words[half] = realloc(call->words[half], words * sizeof(uint32_t));
      check_memory(call->words[half]);
    }
    call->room[slot] = words;
  }
  s_vpi_value value = {.format = vpiVectorVal};
  vpi_get_value(call->arguments[number], &value);
  uint32_t *bits = call->words[2 * slot];
  uint32_t *unknown = call->words[2 * slot + 1];
  for (size_t word = 0; word < words; word++) {
    uint32_t a = (uint32_t)value.value.vector[word].aval;
    unknown[word] = (uint32_t)value.value.vector[word].bval;
    bits[word] = a & ~unknown[word];
  }
  us_vector vector = {bits, unknown};
  return vector;
}

static void put_int(us_call *call, int number, int integer) {
  s_vpi_value value = {.format = vpiIntVal};
  value.value.integer = integer;
  vpi_put_value(call->arguments[number], &value, NULL, vpiNoDelay);
}

static void put_real(us_call *call, int number, double real) {
  s_vpi_value value = {.format = vpiRealVal};
  value.value.real = real;
  vpi_put_value(call->arguments[number], &value, NULL, vpiNoDelay);
}

static void put_words(us_call *call, int number, const uint32_t *words, size_t count) {
  if (count > call->packed_room) {
    call->packed = realloc(call->packed, count * sizeof *call->packed);
    check_memory(call->packed);
    call->packed_room = count;
  }
  for (size_t word = 0; word < count; word++) {
    call->packed[word].aval = (PLI_INT32)words[word];
    call->packed[word].bval = 0;
  }
  s_vpi_value value = {.format = vpiVectorVal};
  value.value.vector = call->packed;
  vpi_put_value(call->arguments[number], &value, NULL, vpiNoDelay);
}

static us_bank *bank_of(us_call *call) {
  if (client == NULL) {
    give_up("handle: used before $us_open (expected: after)");
  }
  us_bank *bank = us_client_bank(client, int_of(call, 0));
  check(bank != NULL);
  return bank;
}

static void make_client(void) {
  if (client == NULL) {
    client = us_client_new("vpi/icarus");
    check_memory(client);
  }
}

static void print_notes(void) {
  char *notes = us_client_take_notes(client);
  char *rest = NULL;
  for (char *line = notes == NULL ? NULL : strtok_r(notes, "\n", &rest); line != NULL;
       line = strtok_r(NULL, "\n", &rest)) {
    vpi_printf("understudy: %s\n", line);
  }
  free(notes);
}

static void run_strict(us_call *call) {
  make_client();
  us_client_set_strict(client, int_of(call, 0) != 0);
}

static void run_deadline(us_call *call) {
  make_client();
  us_client_set_deadline_s(client, int_of(call, 0));
}

static void run_open(us_call *call) {
  make_client();
  char *path = text_of(call, 1);
  char *circuit = text_of(call, 2);
  char *params_file = text_of(call, 3);
  us_wrapper wrapper = {.path = path,
                        .circuit = circuit,
                        .params_file = params_file,
                        .instances = int_of(call, 4),
                        .valid_bits = int_of(call, 5),
                        .code_bits = int_of(call, 6),
                        .row_bits = int_of(call, 7)};
  us_bank *bank = us_bank_open(client, &wrapper);
  check(bank != NULL);
  put_int(call, 0, us_bank_handle(bank));
  free(path);
  free(circuit);
  free(params_file);
}

static void run_post(us_call *call) {
  us_bank *bank = bank_of(call);
  int64_t time_fs = us_time_fs(real_of(call, 1));
  us_vector valid = vector_of(call, 2, 0);
  us_vector codes = vector_of(call, 3, 1);
  check(us_bank_post(bank, time_fs, valid, codes));
}

static void run_flush(us_call *call) { check(us_bank_flush(bank_of(call))); }

static void run_lookahead(us_call *call) {
  put_int(call, 2, (int)us_bank_lookahead_ps(bank_of(call), int_of(call, 1)));
}

static void run_collect(us_call *call) {
  us_bank *bank = bank_of(call);
  check(us_bank_collect(bank, us_time_fs(real_of(call, 1))));
  print_notes();
  put_real(call, 2, us_bank_energy_j(bank));
  put_real(call, 3, us_bank_step_energy_j(bank));
  put_real(call, 4, us_bank_latency_s(bank));
}

static void run_next(us_call *call) {
  us_change change;
  if (!us_bank_next(bank_of(call), &change)) {
    put_int(call, 1, -1);
    return;
  }
  uint32_t wait_ps[2] = {(uint32_t)change.wait_ps, (uint32_t)(change.wait_ps >> 32)};
  put_int(call, 1, (int)change.instance);
  put_words(call, 2, wait_ps, 2);
  put_words(call, 3, change.codes, change.code_words);
}

static void run_instance(us_call *call) {
  double energy_j;
  double latency_s;
  check(us_instance_row(bank_of(call), int_of(call, 1), &energy_j, &latency_s));
  put_real(call, 2, energy_j);
  put_real(call, 3, latency_s);
}

static void run_value(us_call *call) {
  double value;
  check(us_instance_value(bank_of(call), int_of(call, 1), int_of(call, 2), &value));
  put_real(call, 3, value);
}

static void run_close(us_call *call) {
  if (client == NULL || int_of(call, 0) == 0) {
    return; /* the run ended before the bank was opened */
  }
  check(us_client_close(client, us_time_fs(real_of(call, 1))));
  print_notes();
  if (us_client_summary(client)[0] != '\0') {
    vpi_printf("%s", us_client_summary(client));
    vpi_flush();
    us_client_free(client);
    client = NULL;
  }
}

static const us_task TASKS[] = {
    {"$us_strict", "is_strict", 1, run_strict},
    {"$us_deadline", "deadline_s", 1, run_deadline},
    {"$us_open", "handle, path, circuit, params, instances, valid_bits, code_bits, row_bits", 8,
     run_open},
    {"$us_post", "handle, time_ps, valid, codes", 4, run_post},
    {"$us_flush", "handle", 1, run_flush},
    {"$us_lookahead", "handle, most_ps, wait_ps", 3, run_lookahead},
    {"$us_collect", "handle, time_ps, energy_j, step_energy_j, latency_s", 5, run_collect},
    {"$us_next", "handle, instance, wait_ps, codes", 4, run_next},
    {"$us_instance", "handle, instance, energy_j, latency_s", 4, run_instance},
    {"$us_value", "handle, instance, index, value", 4, run_value},
    {"$us_close", "handle, time_ps", 2, run_close},
};

/* Finds the call's arguments, once, before the simulation starts. */
static PLI_INT32 compile_call(PLI_BYTE8 *data) {
  const us_task *task = (const us_task *)(const void *)data;
  vpiHandle site = vpi_handle(vpiSysTfCall, NULL);
  us_call *call = calloc(1, sizeof *call);
  check_memory(call);
  vpiHandle iterator = vpi_iterate(vpiArgument, site);
  vpiHandle argument;
  while (iterator != NULL && (argument = vpi_scan(iterator)) != NULL) {
    if (call->count < MAX_ARGUMENTS) {
      call->arguments[call->count] = argument;
    }
    call->count++;
  }
  if (call->count != task->count) {
    char why[256];
    snprintf(why, sizeof why, "%s: %d arguments (expected: %s)", task->name, call->count,
             task->arguments);
    give_up(why);
  }
  vpi_put_userdata(site, call);
  check_vpi();
  return 0;
}

static PLI_INT32 run_call(PLI_BYTE8 *data) {
  const us_task *task = (const us_task *)(const void *)data;
  us_call *call = vpi_get_userdata(vpi_handle(vpiSysTfCall, NULL));
  task->run(call);
  check_vpi();
  return 0;
}

static void register_tasks(void) {
  for (size_t i = 0; i < sizeof TASKS / sizeof *TASKS; i++) {
    s_vpi_systf_data task;
    memset(&task, 0, sizeof task);
    task.type = vpiSysTask;
    task.tfname = TASKS[i].name;
    task.calltf = run_call;
    task.compiletf = compile_call;
    task.user_data = (PLI_BYTE8 *)(void *)(uintptr_t)&TASKS[i];
    vpi_register_systf(&task);
  }
}

void (*vlog_startup_routines[])(void) = {register_tasks, NULL};
