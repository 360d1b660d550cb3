/* Tests of the core client alone, without a simulator: core_test BUILD_DIR. One line a test. */
#define _POSIX_C_SOURCE 200809L

#include "us_address.h"
#include "us_bytes.h"
#include "us_client.h"
#include "us_layout.h"
#include "us_wire.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *build_dir;
static int passed;
static int failed;
static int faults_of_test;
static long allocations;

#define CHECK(condition)                                                                           \
  do {                                                                                             \
    if (!(condition)) {                                                                            \
      printf("    %s:%d: %s\n", __FILE__, __LINE__, #condition);                                   \
      faults_of_test++;                                                                            \
    }                                                                                              \
  } while (0)

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

/* ---- a fake server for one session ---- */

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

static bool has(const char *text, const char *part) {
  if (strstr(text, part) != NULL) {
    return true;
  }
  printf("    text: %s\n    expected in it: %s\n", text, part);
  return false;
}

/* ---- addresses ---- */

static void reads_addresses(void) {
  us_address address;
  us_error error = {""};
  CHECK(us_address_parse("unix:/run/u.sock", &address, &error));
  CHECK(address.transport == US_TRANSPORT_UNIX && strcmp(address.path, "/run/u.sock") == 0);
  CHECK(us_address_parse("tcp:localhost:7431", &address, &error));
  CHECK(address.transport == US_TRANSPORT_TCP && strcmp(address.host, "localhost") == 0);
  CHECK(strcmp(address.port, "7431") == 0);
  CHECK(us_address_parse("tcp:[::1]:65535", &address, &error));
  CHECK(strcmp(address.host, "::1") == 0 && strcmp(address.port, "65535") == 0);
}

static void refuses_bad_addresses(void) {
  static const char *const bad[] = {"",           "unix:",       "tcp:host",
                                    "tcp:host:0", "tcp::1",      "tcp:h:70000",
                                    "tcp:h:1x",   "http://host", "/run/u.sock"};
  us_address address;
  us_error error = {""};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    CHECK(!us_address_parse(bad[i], &address, &error));
    CHECK(has(error.text, "expected:") && has(error.text, bad[i]));
  }
  char longer[200];
  memset(longer, 'a', sizeof longer);
  memcpy(longer, "unix:", 5);
  longer[199] = '\0';
  CHECK(!us_address_parse(longer, &address, &error) && has(error.text, "at most 107"));
  CHECK(!us_address_parse("grpc:host:1", &address, &error));
  CHECK(has(error.text, "not supported by this shim"));
}

/* ---- codes and values ---- */

static void converts_codes_to_values(void) {
  us_port weight = {
      .elements = 1, .bits = 8, .is_signed = true, .lsb = 0.015625, .min = -1.5, .max = 2.0};
  CHECK(us_port_value(&weight, 0x40) == 1.0);
  CHECK(us_port_value(&weight, 0xff) == -0.015625);
  CHECK(us_port_value(&weight, 0x80) == -1.5);
  us_port dac = {.elements = 1, .bits = 4, .lsb = 0.1, .offset = -0.8, .min = -1.0, .max = 1.0};
  CHECK(us_port_value(&dac, 0) == -0.8);
  CHECK(us_port_value(&dac, 15) == 15 * 0.1 - 0.8);
  us_port wide = {
      .elements = 1, .bits = 32, .is_signed = true, .lsb = 1, .min = -1e10, .max = 1e10};
  CHECK(us_port_value(&wide, 0x80000000u) == -2147483648.0);
}

static void converts_values_to_codes(void) {
  us_port out = {.bits = 8, .is_signed = true, .lsb = 0.5, .min = -100.0, .max = 100.0};
  CHECK(us_port_code(&out, 0.25) == 0); /* half to even */
  CHECK(us_port_code(&out, 0.75) == 2);
  CHECK(us_port_code(&out, -0.5) == 0xff);
  CHECK(us_port_code(&out, 99.0) == 0x7f); /* what the bits can hold */
  CHECK(us_port_code(&out, -99.0) == 0x80);
  us_port adc = {.bits = 6, .lsb = 0.05, .offset = -1.6, .min = -1.6, .max = 1.0};
  CHECK(us_port_code(&adc, -5.0) == 0);
  CHECK(us_port_code(&adc, 5.0) == 52);
  us_port spike = {.bits = 1, .is_event = true, .lsb = 1.0, .max = 1.0};
  CHECK(us_port_code(&spike, 0.0) == 0 && us_port_code(&spike, 1.0) == 1);
  CHECK(us_port_code(&spike, 3.0) == 1);
}

static void every_code_survives_the_way_to_a_value_and_back(void) {
  us_port port = {.bits = 8, .is_signed = true, .lsb = 0.00625, .min = -0.8, .max = 0.8};
  for (uint32_t code = 0; code < 256; code++) {
    CHECK(us_port_code(&port, us_port_value(&port, code)) == code);
  }
}

static void takes_bits_across_words(void) {
  uint32_t words[3] = {0x80000001u, 0xffff0000u, 0x12345678u};
  CHECK(us_bits_get(words, 0, 1) == 1);
  CHECK(us_bits_get(words, 31, 2) == 1);
  CHECK(us_bits_get(words, 48, 32) == 0x5678ffffu);
  CHECK(us_bits_get(words, 64, 32) == 0x12345678u);
  us_bits_put(words, 30, 5, 0x15);
  CHECK(us_bits_get(words, 30, 5) == 0x15);
  CHECK(us_bits_get(words, 0, 30) == 1 && us_bits_get(words, 35, 29) == 0xffff0000u >> 3);
}

static void keeps_femtoseconds(void) {
  CHECK(us_time_fs(2500.0) == 2500000);
  CHECK(us_time_fs(0.001) == 1);
  CHECK(us_time_fs(9.0e12 + 0.5) == INT64_C(9000000000000500));
  CHECK(us_time_fs(9.0e15) == INT64_C(9000000000000000000));
}

/* ---- OPENED ---- */

static size_t make_opened(uint8_t *payload) {
  memset(payload, 0, 200);
  us_put_u32(payload, 7);
  us_put_i64(payload + 8, 5000000);
  us_put_u32(payload + 24, 1);
  us_put_u32(payload + 28, 1);
  for (int p = 0; p < 2; p++) {
    uint8_t *record = payload + 32 + p * 56;
    us_put_u32(record, p == 0 ? 2 : 1);
    us_put_u32(record + 4, 5);
    us_put_u32(record + 12, 2);
    us_put_f64(record + 16, 0.5);
    us_put_f64(record + 40, 10.0);
    memcpy(record + 48, p == 0 ? "in" : "up", 2);
  }
  return 32 + 2 * 56;
}

static void reads_the_ports_of_a_bank(void) {
  uint8_t payload[200];
  size_t size = make_opened(payload);
  us_layout layout;
  us_error error = {""};
  CHECK(us_layout_parse(payload, size, 3, &layout, &error));
  CHECK(layout.bank == 7 && layout.valid_bits == 3 && layout.code_bits == 30);
  CHECK(layout.row_bits == 5 && layout.input_values == 2 && layout.output_values == 1);
  CHECK(strcmp(layout.ports[1].name, "up") == 0);
  us_layout_free(&layout);
}

static void refuses_every_cut_of_opened(void) {
  uint8_t payload[200];
  size_t whole = make_opened(payload);
  for (size_t size = 0; size < whole - 6; size++) {
    us_layout layout;
    us_error error = {""};
    CHECK(!us_layout_parse(payload, size, 3, &layout, &error) && error.text[0] != '\0');
    us_layout_free(&layout);
  }
}

static void refuses_a_port_that_cannot_be(void) {
  static const struct {
    size_t at;
    uint32_t value;
    const char *text;
  } bad[] = {{32, 0, "elements"},     {36, 33, "bits"}, {36, 0, "bits"},
             {44, 1000, "port name"}, {24, 0, "ports"}, {28, 99999, "ports"}};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    uint8_t payload[200];
    size_t size = make_opened(payload);
    us_put_u32(payload + bad[i].at, bad[i].value);
    us_layout layout;
    us_error error = {""};
    CHECK(!us_layout_parse(payload, size, 3, &layout, &error) && has(error.text, bad[i].text));
    us_layout_free(&layout);
  }
}

/* ---- a session ---- */

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
  stop_server();
}

static void names_every_fault_of_a_server(void) {
  check_fault("close@1", "connection closed by the server");
  check_fault("close@2", "connection closed by the server");
  check_fault("close@3", "at 2.500000 ns: connection closed by the server");
  check_fault("cut@3", "connection closed by the server");
  check_fault("garbage@1", "server: frame length");
  check_fault("garbage@3", "server: frame length");
  check_fault("silence@3", "no answer after 200 ms");
  check_fault("version@1", "server: protocol version 2 (expected: 1)");
  check_fault("error@3", "server: backend: out of order (expected: in order) (error 10)");
  check_fault("type@3", "server: frame type 8 SUMMARY (expected: ANSWER)");
  check_fault("sequence@3", "server: answer to frame 99 (expected: 3)");
  check_fault("huge@3", "server: frame length 4294967295");
  check_fault("nan@3", "energy of the bank: nan (expected: finite)");
  check_fault("rows@3", "1000000 rows");
  check_fault("trailing@3", "after the answer (expected: none)");
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
  wrapper.instances = 0;
  CHECK(us_bank_open(client, &wrapper) == NULL);
  CHECK(has(us_client_error(client), "instances: 0 (expected: 1 to 1048576)"));
  us_client_free(client);
}

static void run(const char *name, void (*test)(void)) {
  faults_of_test = 0;
  test();
  printf("%s core %s\n", faults_of_test == 0 ? "PASS" : "FAIL", name);
  passed += faults_of_test == 0;
  failed += faults_of_test != 0;
}

#define RUN(test) run(#test, test)

int main(int argc, char **argv) {
  if (argc != 2) {
    fprintf(stderr, "usage: core_test BUILD_DIR\n");
    return 2;
  }
  build_dir = argv[1];
  setvbuf(stdout, NULL, _IOLBF, 0);
  RUN(reads_addresses);
  RUN(refuses_bad_addresses);
  RUN(converts_codes_to_values);
  RUN(converts_values_to_codes);
  RUN(every_code_survives_the_way_to_a_value_and_back);
  RUN(takes_bits_across_words);
  RUN(keeps_femtoseconds);
  RUN(reads_the_ports_of_a_bank);
  RUN(refuses_every_cut_of_opened);
  RUN(refuses_a_port_that_cannot_be);
  RUN(runs_a_session);
  RUN(orders_changes_by_time);
  RUN(clamps_changes_into_the_period);
  RUN(allocates_nothing_in_the_steady_state);
  RUN(refuses_a_wrapper_of_other_widths);
  RUN(refuses_unknown_bits_that_are_used);
  RUN(refuses_use_out_of_order);
  RUN(names_every_fault_of_a_server);
  RUN(refuses_bad_settings);
  printf("%d passed, %d failed\n", passed, failed);
  return failed != 0;
}
