/* Tests of the core client alone, without a simulator: core_test BUILD_DIR. One line a test. */
#include "check.h"
#include "us_address.h"
#include "us_bytes.h"
#include "us_client.h"
#include "us_crc32c.h"
#include "us_layout.h"
#include "us_wire.h"

static int passed;
static int failed;
static int faults_of_test;

void check_note(bool holds, const char *file, int line, const char *condition) {
  if (!holds) {
    printf("    %s:%d: %s\n", file, line, condition);
    faults_of_test++;
  }
}

void check_run(const char *name, void (*test)(void)) {
  faults_of_test = 0;
  test();
  printf("%s core %s\n", faults_of_test == 0 ? "PASS" : "FAIL", name);
  passed += faults_of_test == 0;
  failed += faults_of_test != 0;
}

bool has(const char *text, const char *part) {
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
  CHECK(us_address_parse("tls:host:1", &address, &error));
  CHECK(address.transport == US_TRANSPORT_TLS);
  CHECK(us_address_parse("grpc:host:1", &address, &error));
  CHECK(address.transport == US_TRANSPORT_GRPC && strcmp(address.host, "host") == 0);
  CHECK(us_address_parse("grpcs:host:1", &address, &error));
  CHECK(address.transport == US_TRANSPORT_GRPCS);
}

static void refuses_bad_addresses(void) {
  static const char *const bad[] = {
      "",         "unix:",       "tcp:host",    "tcp:host:0", "tcp::1", "tcp:h:70000",
      "tcp:h:1x", "http://host", "/run/u.sock", "grpc:h",     "tls:h:0"};
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
    uint8_t *record = payload + 40 + p * 56;
    us_put_u32(record, p == 0 ? 2 : 1);
    us_put_u32(record + 4, 5);
    us_put_u32(record + 12, 2);
    us_put_f64(record + 16, 0.5);
    us_put_f64(record + 40, 10.0);
    memcpy(record + 48, p == 0 ? "in" : "up", 2);
  }
  return 40 + 2 * 56;
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
  } bad[] = {{40, 0, "elements"},    {44, 33, "bits"}, {44, 0, "bits"},     {52, 1000, "port name"},
             {8, 0, "clock period"}, {24, 0, "ports"}, {28, 99999, "ports"}};
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

/* CRC-32C as it is defined: bit by bit. */
static uint32_t crc32c_by_bits(const uint8_t *bytes, size_t count) {
  uint32_t crc = 0xffffffffu;
  for (size_t i = 0; i < count; i++) {
    crc ^= bytes[i];
    for (int bit = 0; bit < 8; bit++) {
      crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0x82f63b78u : 0);
    }
  }
  return ~crc;
}

static void checks_frames_of_any_length(void) {
  static uint8_t bytes[20000];
  for (size_t i = 0; i < sizeof bytes; i++) {
    bytes[i] = (uint8_t)(i * i / 7 + 13 * i);
  }
  CHECK(us_crc32c((const uint8_t *)"123456789", 9) == 0xe3069283u);
  for (size_t size = 0; size < sizeof bytes; size += size < 100 ? 1 : 509) {
    CHECK(us_crc32c(bytes + size % 8, size - size % 8) ==
          crc32c_by_bits(bytes + size % 8, size - size % 8));
  }
}

int main(int argc, char **argv) {
  if (argc != 2) {
    fprintf(stderr, "usage: core_test BUILD_DIR\n");
    return 2;
  }
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
  RUN(checks_frames_of_any_length);
  run_session_tests(argv[1]);
  printf("%d passed, %d failed\n", passed, failed);
  return failed != 0;
}
