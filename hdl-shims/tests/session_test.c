/* Tests of the core client against the fake server. */
#define _POSIX_C_SOURCE 200809L

#include "check.h"
#include "us_client.h"
#include "us_layout.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *build_dir;
static long allocations;

/* The linker puts these in the place of the allocator's own (see the Makefile). */
void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);

void *__wrap_malloc(size_t size) {
  allocations++;
  return __real_malloc(size);
}
void *__wrap_calloc(size_t count, size_t size) {
  allocations++;
  return __real_calloc(count, size);
}
void *__wrap_realloc(void *memory, size_t size) {
  allocations++;
  return __real_realloc(memory, size);
}

static char server_address[200];
static pid_t server;

static void start_server(const char *fault) {
  snprintf(server_address, sizeof server_address, "unix:%s/core_test.sock", build_dir);
  char program[200];
  snprintf(program, sizeof program, "%s/fake_server", build_dir);
  int ready[2];
  if (pipe(ready) != 0) {
    abort();
  }
  server = fork();
  if (server == 0) {
    dup2(ready[1], 1);
    close(ready[0]);
    close(ready[1]);
    execl(program, program, server_address, fault, (char *)NULL);
    _exit(127);
  }
  close(ready[1]);
  char line[8];
  CHECK(read(ready[0], line, sizeof line) > 0);
  close(ready[0]);
  setenv("UNDERSTUDY_SERVER", server_address, 1);
}

static void stop_server(void) {
  int status = 0;
  CHECK(waitpid(server, &status, 0) == server);
  CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static us_wrapper lif(int64_t instances) {
  us_wrapper wrapper = {.path = "tb.u_neurons",
                        .circuit = "lif_neuron",
                        .params_file = "",
                        .instances = instances,
                        .valid_bits = instances,
                        .code_bits = instances * 8,
                        .row_bits = 1};
  return wrapper;
}

static us_vector known(const uint32_t *bits) {
  us_vector vector = {bits, NULL};
  return vector;
}

static void runs_a_session(void) {
  start_server(NULL);
  us_client *client = us_client_new("core_test");
  us_wrapper wrapper = lif(40);
  us_bank *bank = us_bank_open(client, &wrapper);
  if (bank == NULL) {
    CHECK(bank != NULL);
    return;
  }
  uint32_t valid[2] = {0x80000002u, 0x80u}; /* instances 1, 31 and 39 */
  uint32_t codes[10] = {0};
  us_bits_put(codes, 8, 8, 0x40);      /* 1.0: fires */
  us_bits_put(codes, 31 * 8, 8, 0x3b); /* 0.92: fires late */
  us_bits_put(codes, 39 * 8, 8, 0x7f); /* fires */
  us_change change;
  double energy_j;
  double latency_s;
  double value;
  CHECK(us_bank_post(bank, 2500000, known(valid), known(codes)));
  CHECK(us_bank_collect(bank, 2501000));
  CHECK(us_bank_next(bank, &change));
  CHECK(change.instance == 1 && change.codes[0] == 1 && change.code_words == 1);
  CHECK(change.wait_ps == 436); /* 400.499 + 37 - 1, rounded */
  CHECK(us_bank_next(bank, &change));
  CHECK(change.instance == 39 && change.wait_ps == 443 - 37); /* 39 x 37 modulo 1000 */
  CHECK(!us_bank_next(bank, &change));
  CHECK(fabs(us_bank_step_energy_j(bank) - (2e-13 + 40e-16 + 5e-14)) < 1e-25);
  CHECK(us_instance_row(bank, 39, &energy_j, &latency_s));
  CHECK(fabs(energy_j - 1.039e-13) < 1e-25 && fabs(latency_s - 8.43499e-10) < 1e-21);
  CHECK(us_instance_row(bank, 2, &energy_j, &latency_s) && energy_j == 0.0);
  CHECK(us_instance_value(bank, 1, 0, &value) && value == 1.0);
  CHECK(!us_instance_value(bank, 1, 1, &value) && has(us_client_error(client), "output value: 1"));
  uint32_t none[2] = {0, 0};
  CHECK(us_bank_post(bank, 7500000, known(none), known(codes)));
  CHECK(us_bank_collect(bank, 7501000));
  CHECK(us_bank_next(bank, &change) && change.instance == 31 && change.wait_ps == 2030);
  CHECK(us_client_close(client, 100000000));
  CHECK(has(us_client_summary(client), "tb.u_neurons"));
  us_client_free(client);
  stop_server();
}

static void collects_late_with_the_same_times(void) {
  start_server(NULL);
  us_client *client = us_client_new("core_test");
  us_wrapper wrapper = lif(4);
  us_bank *bank = us_bank_open(client, &wrapper);
  us_wrapper shared = {.path = "tb.u_tile",
                       .circuit = "crossbar_row_g30",
                       .params_file = "",
                       .instances = 4,
                       .valid_bits = 1,
                       .code_bits = 256,
                       .row_bits = 8};
  us_bank *tile = us_bank_open(client, &shared);
  if (bank == NULL || tile == NULL) {
    CHECK(false);
    return;
  }
  CHECK(us_bank_lookahead_ps(bank, 1000000) == 399); /* 400.499 ps, one before */
  CHECK(us_bank_lookahead_ps(bank, 100) == 100);
  CHECK(us_bank_lookahead_ps(bank, 0) == 1);
  CHECK(us_bank_lookahead_ps(tile, 1000000) == 1); /* outputs may change at once */
  uint32_t valid[1] = {0x2u};
  uint32_t codes[8] = {0};
  us_bits_put(codes, 8, 8, 0x40);
  us_change change;
  CHECK(us_bank_post(bank, 2500000, known(valid), known(codes)));
  CHECK(us_bank_flush(bank) && us_bank_flush(bank));
  /* Another clock's edge between sending and collecting takes the answer first. */
  uint32_t one[1] = {1};
  CHECK(us_bank_post(tile, 2600000, known(one), known(codes)));
  CHECK(us_bank_collect(bank, 2899000));
  CHECK(us_bank_next(bank, &change) && change.instance == 1);
  CHECK(change.wait_ps == 38); /* at the edge + 437 ps, as when collected after 1 ps */
  CHECK(us_bank_flush(tile) && us_bank_collect(tile, 2601000));
  CHECK(us_client_close(client, 100000000));
  us_client_free(client);
  stop_server();
}

static void orders_changes_by_time(void) {
  start_server(NULL);
  us_client *client = us_client_new("core_test");
  us_wrapper wrapper = lif(1000);
  us_bank *bank = us_bank_open(client, &wrapper);
  uint32_t valid[32];
  uint32_t codes[250];
  memset(valid, 0xff, sizeof valid);
  memset(codes, 0x7f, sizeof codes);
  CHECK(us_bank_post(bank, 0, known(valid), known(codes)) && us_bank_collect(bank, 1000));
  us_change change;
  int count = 0;
  int64_t last_ps = 0;
  while (us_bank_next(bank, &change)) {
    last_ps += change.wait_ps;
    CHECK(change.wait_ps >= 0);
    CHECK(last_ps == 399 + change.instance * 37 % 1000);
    count++;
  }
  CHECK(count == 1000);
  us_client_free(client);
  stop_server();
}

static void clamps_changes_into_the_period(void) {
  start_server(NULL);
  us_client *client = us_client_new("core_test");
  us_wrapper wrapper = lif(1);
  us_bank *bank = us_bank_open(client, &wrapper);
  uint32_t one = 0x7f;
  us_change change;
  CHECK(us_bank_post(bank, 0, known(&one), known(&one)) && us_bank_collect(bank, 1500000));
  CHECK(us_bank_next(bank, &change) && change.wait_ps == 1); /* the answer's time has passed */
  CHECK(us_bank_post(bank, 5000000, known(&one), known(&one)) && us_bank_collect(bank, 9999000));
  CHECK(us_bank_next(bank, &change) && change.wait_ps == 1);
  us_client_free(client);
  stop_server();
}

static void allocates_nothing_in_the_steady_state(void) {
  start_server(NULL);
  us_client *client = us_client_new("core_test");
  us_wrapper wrapper = lif(64);
  us_bank *bank = us_bank_open(client, &wrapper);
  uint32_t valid[2] = {0xffffffffu, 0xfffffffu};
  uint32_t codes[16];
  memset(codes, 0x41, sizeof codes);
  long before = 0;
  for (int64_t step = 0; step < 50; step++) {
    us_change change;
    before = step == 1 ? allocations : before;
    valid[0] = step % 2 == 0 ? 0xffffffffu : 0x5u;
    CHECK(us_bank_post(bank, step * 5000000, known(valid), known(codes)));
    CHECK(us_bank_collect(bank, step * 5000000 + 1000));
    while (us_bank_next(bank, &change)) {
    }
  }
  CHECK(allocations == before);
  CHECK(us_client_close(client, 250000000));
  us_client_free(client);
  stop_server();
}

static void refuses_a_wrapper_of_other_widths(void) {
  start_server(NULL);
  us_client *client = us_client_new("core_test");
  us_wrapper wrapper = lif(4);
  wrapper.code_bits = 24;
  CHECK(us_bank_open(client, &wrapper) == NULL);
  CHECK(has(us_client_error(client), "24 bits of input codes (expected: 32"));
  CHECK(has(us_client_error(client), "tb.u_neurons (circuit lif_neuron)"));
  us_client_free(client);
  stop_server();
}

static void refuses_unknown_bits_that_are_used(void) {
  start_server(NULL);
  us_client *client = us_client_new("core_test");
  us_wrapper wrapper = lif(4);
  us_bank *bank = us_bank_open(client, &wrapper);
  uint32_t none = 0;
  uint32_t second = 2;
  uint32_t low_byte = 0x10;
  uint32_t second_byte = 0x1000;
  us_vector valid = {&second, NULL};
  us_vector codes = {&none, &low_byte};
  us_vector unknown_valid = {&none, &second};
  /* Before the first input a valid bit may be unknown, and a code that is not used always. */
  CHECK(us_bank_post(bank, 0, unknown_valid, codes) && us_bank_collect(bank, 1000));
  CHECK(us_bank_post(bank, 5000000, valid, codes) && us_bank_collect(bank, 5001000));
  CHECK(!us_bank_post(bank, 10000000, unknown_valid, codes));
  CHECK(has(us_client_error(client), "in_valid of instance 1: x or z (expected: 0 or 1)"));
  codes.unknown = &second_byte;
  CHECK(!us_bank_post(bank, 10000000, valid, codes));
  CHECK(has(us_client_error(client), "at 10.000000 ns: input weight of instance 1, element 0: x"));
  us_client_free(client);
  stop_server();
}

static void refuses_use_out_of_order(void) {
  start_server(NULL);
  us_client *client = us_client_new("core_test");
  us_wrapper wrapper = lif(4);
  us_bank *bank = us_bank_open(client, &wrapper);
  uint32_t none = 0;
  CHECK(us_client_bank(client, 1) == bank);
  CHECK(us_client_bank(client, 2) == NULL && has(us_client_error(client), "handle: 2"));
  CHECK(!us_bank_collect(bank, 0) && has(us_client_error(client), "collect: without a post"));
  CHECK(us_bank_post(bank, 0, known(&none), known(&none)));
  CHECK(!us_bank_post(bank, 0, known(&none), known(&none)));
  CHECK(has(us_client_error(client), "post: a second one"));
  us_client_free(client);
  stop_server();
}

/* What a fault in the answer to frame 3 (the first STEP) makes of the client's error. */
static void check_fault(const char *fault, const char *text) {
  start_server(fault);
  setenv("UNDERSTUDY_TIMEOUT_MS", "200", 1);
  setenv("UNDERSTUDY_DEADLINE_S", "1", 1);
  us_client *client = us_client_new("core_test");
  us_wrapper wrapper = lif(4);
  us_bank *bank = us_bank_open(client, &wrapper);
  uint32_t valid = 0xf;
  uint32_t codes = 0x40404040;
  bool is_done = bank != NULL && us_bank_post(bank, 2500000, known(&valid), known(&codes)) &&
                 us_bank_collect(bank, 2501000);
  CHECK(!is_done);
  CHECK(has(us_client_error(client), text) && has(us_client_error(client), "tb.u_neurons"));
  us_client_free(client);
  unsetenv("UNDERSTUDY_TIMEOUT_MS");
  unsetenv("UNDERSTUDY_DEADLINE_S");
  stop_server();
}

static void names_every_fault_of_a_server(void) {
  check_fault("close@1", "connection closed by the server (expected: an answer); no session yet, "
                         "last good frame 0");
  check_fault("close@2", "connection closed by the server");
  check_fault("close@3", "at 2.500000 ns: connection closed by the server");
  check_fault("cut@3", "connection closed by the server");
  check_fault("garbage@1", "server: frame header: garbled");
  check_fault("garbage@3", "server: frame header: garbled");
  check_fault("silence@3", "no answer after 200 ms");
  check_fault("version@1", "server: protocol version 3 (expected: 2)");
  check_fault("error@3", "server: backend: out of order (expected: in order) (error 10)");
  check_fault("type@3", "server: frame type 8 SUMMARY (expected: ANSWER)");
  check_fault("sequence@3", "server: answer to frame 99 (expected: 3)");
  check_fault("huge@3", "server: frame header: garbled");
  check_fault("nan@3", "energy of the bank: nan (expected: finite)");
  check_fault("rows@3", "1000000 rows");
  check_fault("trailing@3", "for its sections and notices");
  check_fault("flip@3", "ANSWER frame: garbled");
  check_fault("close@3", "last good frame 2");
}

/* Eight steps, of which some are idle: energies, changes and the summary as text. */
static void play(const char *fault, char *told, size_t room) {
  start_server(fault);
  us_client *client = us_client_new("core_test");
  us_wrapper wrapper = lif(4);
  us_bank *bank = us_bank_open(client, &wrapper);
  size_t length = 0;
  bool is_done = bank != NULL;
  told[0] = '\0';
  for (int64_t step = 0; is_done && step < 8; step++) {
    uint32_t valid = step % 3 == 2 ? 0 : 0xf;
    uint32_t codes = 0x40302818u + (uint32_t)step * 0x01010101u;
    us_change change;
    is_done = us_bank_post(bank, step * 5000000, known(&valid), known(&codes)) &&
              us_bank_collect(bank, step * 5000000 + 1000);
    if (!is_done) {
      break;
    }
    length += (size_t)snprintf(told + length, room - length, "%.17g\n", us_bank_energy_j(bank));
    while (us_bank_next(bank, &change)) {
      length += (size_t)snprintf(told + length, room - length, "%d %d\n", (int)change.instance,
                                 (int)change.wait_ps);
    }
  }
  is_done = is_done && us_client_close(client, 40000000);
  snprintf(told + length, room - length, "%s",
           is_done ? us_client_summary(client) : us_client_error(client));
  us_client_free(client);
  stop_server();
}

static void resumes_with_the_same_answers_wherever_it_was_cut(void) {
  char undisturbed[4096];
  play(NULL, undisturbed, sizeof undisturbed);
  CHECK(has(undisturbed, "tb.u_neurons"));
  /* OPEN is frame 2, the steps are 3 to 10, CLOSE is 11. */
  for (int frame = 2; frame <= 11; frame++) {
    char fault[16];
    char resumed[4096];
    snprintf(fault, sizeof fault, "resume@%d", frame);
    play(fault, resumed, sizeof resumed);
    CHECK(has(resumed, undisturbed));
  }
}

static void says_at_the_deadline_where_it_stood(void) {
  char told[4096];
  setenv("UNDERSTUDY_DEADLINE_S", "1", 1);
  play("leave@7", told, sizeof told);
  unsetenv("UNDERSTUDY_DEADLINE_S");
  CHECK(has(told, "tb.u_neurons at 20.000000 ns: connection closed by the server (expected: an "
                  "answer); session not resumed within 1 s, last good frame 6: no server at "));
}

static void refuses_bad_settings(void) {
  us_wrapper wrapper = lif(4);
  us_client *client = us_client_new("core_test");
  unsetenv("UNDERSTUDY_SERVER");
  CHECK(us_bank_open(client, &wrapper) == NULL);
  CHECK(has(us_client_error(client), "UNDERSTUDY_SERVER: not set") &&
        has(us_client_error(client), "./understudy serve"));
  setenv("UNDERSTUDY_SERVER", "unix:/nonexistent/u.sock", 1);
  CHECK(us_bank_open(client, &wrapper) == NULL);
  CHECK(has(us_client_error(client), "no server at unix:/nonexistent/u.sock"));
  setenv("UNDERSTUDY_SERVER", "tcp:127.0.0.1:1", 1);
  CHECK(us_bank_open(client, &wrapper) == NULL);
  CHECK(has(us_client_error(client), "no server at tcp:127.0.0.1:1"));
  setenv("UNDERSTUDY_TIMEOUT_MS", "soon", 1);
  CHECK(us_bank_open(client, &wrapper) == NULL);
  CHECK(has(us_client_error(client), "UNDERSTUDY_TIMEOUT_MS: soon (expected: 1 to"));
  unsetenv("UNDERSTUDY_TIMEOUT_MS");
  us_client_set_deadline_s(client, -1);
  CHECK(us_bank_open(client, &wrapper) == NULL);
  CHECK(has(us_client_error(client), "+understudy_deadline_s: -1 (expected: 0 to 86400)"));
  us_client_set_deadline_s(client, 1);
  wrapper.instances = 0;
  CHECK(us_bank_open(client, &wrapper) == NULL);
  CHECK(has(us_client_error(client), "instances: 0 (expected: 1 to 1048576)"));
  us_client_free(client);
}

void run_session_tests(const char *directory) {
  build_dir = directory;
  RUN(runs_a_session);
  RUN(collects_late_with_the_same_times);
  RUN(orders_changes_by_time);
  RUN(clamps_changes_into_the_period);
  RUN(allocates_nothing_in_the_steady_state);
  RUN(refuses_a_wrapper_of_other_widths);
  RUN(refuses_unknown_bits_that_are_used);
  RUN(refuses_use_out_of_order);
  RUN(names_every_fault_of_a_server);
  RUN(resumes_with_the_same_answers_wherever_it_was_cut);
  RUN(says_at_the_deadline_where_it_stood);
  RUN(refuses_bad_settings);
}
