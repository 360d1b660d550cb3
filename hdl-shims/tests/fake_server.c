/* A server of one session with made-up circuits, and with faults on demand.
 *
 *   fake_server ADDRESS [FAULT@N]
 *
 * ADDRESS is unix:PATH or tcp:127.0.0.1:PORT. The fault takes the place of the answer to the
 * client's frame number N (1 is HELLO): close, cut, garbage, silence, version, error, type,
 * sequence, huge, nan, rows, trailing. With leave and resume the banks can be restored; leave
 * closes the connection for good, resume cuts it in the middle of the answer and then takes the
 * session up anew, from nothing. Prints `ready`, serves one connection, ends. */
#define _POSIX_C_SOURCE 200809L

#include "fake_circuits.h"
#include "us_bytes.h"
#include "us_frame.h"
#include "us_wire.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define MAX_BANKS 64
#define LIFETIME_S 120

typedef struct fake_bank {
  const fake_circuit *circuit;
  uint32_t instances;
  double *state;
  bool *is_active;     /* had an input at the last edge */
  int64_t *idle_since; /* -1: not idle */
  double *held;        /* with shared held inputs */
  bool has_held;
  int64_t origin_fs; /* -1: no step yet */
  double energy_j;
  uint64_t crossings, e1, e2, e3, idle_periods, outputs, flagged, latencies;
  double dynamic_j, static_j, latency_sum_s, latency_max_s;
} fake_bank;

static fake_bank banks[MAX_BANKS];
static uint32_t bank_count;
static uint8_t *in;
static uint8_t *out;
static size_t out_size;
static int listener;
static int connection;
static const char *fault = "";
static uint64_t fault_frame;

static bool is_fault(const char *kind) { return strcmp(fault, kind) == 0; }

static void die(const char *why) {
  fprintf(stderr, "fake_server: %s\n", why);
  exit(1);
}

static bool read_all(uint8_t *to, size_t count) {
  while (count > 0) {
    ssize_t got = recv(connection, to, count, 0);
    if (got <= 0) {
      return false;
    }
    to += got;
    count -= (size_t)got;
  }
  return true;
}

static void write_all(const uint8_t *from, size_t count) {
  while (count > 0) {
    ssize_t sent = send(connection, from, count, MSG_NOSIGNAL);
    if (sent <= 0) {
      return;
    }
    from += sent;
    count -= (size_t)sent;
  }
}

/* Header and checksum around what is in out; again after a change. */
static void seal(void) {
  us_buffer frame = {out, out_size, US_WIRE_MAX_FRAME_BYTES + 64};
  us_error error = {""};
  us_frame_seal(&frame, out[5], us_get_u64(out + 8), us_get_i64(out + 16), &error);
}

static void finish(uint8_t type) {
  us_put_u32(out, (uint32_t)(out_size - 4));
  out[4] = US_WIRE_PROTOCOL_VERSION;
  out[5] = type;
  memcpy(out + 8, in + 8, 16);
  seal();
}

static void refuse(uint16_t code, const char *text) {
  size_t length = strlen(text);
  us_put_u16(out + 24, code);
  us_put_u16(out + 26, 0);
  us_put_u32(out + 28, (uint32_t)length);
  memcpy(out + 32, text, length);
  out_size = 32 + length;
  finish(US_FRAME_TYPE_ERROR);
  write_all(out, us_frame_bytes(out));
  exit(0);
}

static void welcome(void) {
  static const char name[] = "fake";
  us_put_u64(out + 24, 1);
  memset(out + 32, 7, 16);
  us_put_u16(out + 48, 4);
  memcpy(out + 50, name, 4);
  out_size = 54;
  finish(US_FRAME_TYPE_WELCOME);
}

static void put_port(const fake_port *port) {
  uint8_t *record = out + out_size;
  size_t length = strlen(port->name);
  size_t size = us_padded(48 + length);
  memset(record, 0, size);
  us_put_u32(record, port->elements);
  us_put_u32(record + 4, port->bits);
  us_put_u32(record + 8, port->flags);
  us_put_u32(record + 12, (uint32_t)length);
  us_put_f64(record + 16, port->lsb);
  us_put_f64(record + 24, port->offset);
  us_put_f64(record + 32, port->min);
  us_put_f64(record + 40, port->max);
  memcpy(record + 48, port->name, length);
  out_size += size;
}

static void check_table(const char *table, uint32_t size) {
  if (size > 0 && (size < 9 || memcmp(table, "instance,", 9) != 0)) {
    char text[128];
    int length = (int)strcspn(table, "\n");
    snprintf(text, sizeof text, "parameter table: header %.*s (expected: instance,NAME,...)",
             length < (int)size ? length : (int)size, table);
    refuse(US_WIRE_ERROR_BAD_PARAMETER, text);
  }
}

static void opened(void) {
  const char *names = (const char *)in + 40;
  uint32_t circuit_bytes = us_get_u16(in + 32);
  const fake_circuit *circuit = fake_circuit_named(names, circuit_bytes);
  if (circuit == NULL || bank_count == MAX_BANKS) {
    refuse(US_WIRE_ERROR_UNKNOWN_CIRCUIT, "circuit: unknown (expected: lif_neuron, ...)");
  }
  check_table(names + circuit_bytes + us_get_u16(in + 34), us_get_u32(in + 28));
  fake_bank *bank = &banks[bank_count];
  bank->circuit = circuit;
  bank->instances = us_get_u32(in + 24);
  bank->state = calloc(bank->instances, sizeof *bank->state);
  bank->is_active = calloc(bank->instances, sizeof *bank->is_active);
  bank->idle_since = calloc(bank->instances, sizeof *bank->idle_since);
  bank->held = calloc(circuit->input_values, sizeof *bank->held);
  bank->origin_fs = -1;
  for (uint32_t i = 0; i < bank->instances; i++) {
    bank->idle_since[i] = -1;
  }
  us_put_u32(out + 24, 100 + bank_count++);
  bool is_restorable = is_fault("leave") || is_fault("resume");
  us_put_u32(out + 28, circuit->flags | (is_restorable ? US_BANK_FLAG_RESTORABLE : 0));
  us_put_i64(out + 32, FAKE_PERIOD_FS);
  us_put_i64(out + 40, circuit->min_latency_fs);
  us_put_u32(out + 48, circuit->inputs);
  us_put_u32(out + 52, circuit->outputs);
  us_put_u64(out + 56, 1);
  out_size = 64;
  for (uint32_t p = 0; p < circuit->inputs + circuit->outputs; p++) {
    put_port(&circuit->ports[p]);
  }
  finish(US_FRAME_TYPE_OPENED);
}

static void count_row(fake_bank *bank, const fake_row *row) {
  bank->crossings += row->flags & US_ROW_FLAG_E3 ? 0 : 1;
  bank->e1 += row->flags & US_ROW_FLAG_E1 ? 1 : 0;
  bank->e2 += row->flags & US_ROW_FLAG_E2 ? 1 : 0;
  bank->flagged += row->flags >= US_ROW_FLAG_OUT_OF_RANGE ? 1 : 0;
  bank->dynamic_j += row->energy_j;
  bank->static_j += row->idle_j;
  bank->energy_j += row->energy_j + row->idle_j;
  if (row->delay_fs >= 0) {
    double latency_s = (double)row->delay_fs * 1e-15;
    bank->outputs++;
    bank->latencies++;
    bank->latency_sum_s += latency_s;
    bank->latency_max_s = latency_s > bank->latency_max_s ? latency_s : bank->latency_max_s;
  }
}

static double end_idle(fake_bank *bank, uint32_t i, int64_t time_fs) {
  if (bank->idle_since[i] < 0) {
    return 0.0;
  }
  int64_t periods = (time_fs - bank->idle_since[i]) / FAKE_PERIOD_FS;
  bank->idle_since[i] = -1;
  bank->e3++;
  bank->idle_periods += (uint64_t)periods;
  return (double)periods * 1e-15;
}

static void put_answer(const fake_bank *bank, uint32_t number, uint32_t rows, const uint32_t *index,
                       const fake_row *answers) {
  uint8_t *section = out + out_size;
  bool is_all = rows == bank->instances;
  us_put_u32(section, number);
  us_put_u32(section + 4, rows);
  us_put_u32(section + 8, is_all ? US_BANK_FLAG_ALL_ROWS : 0);
  us_put_u32(section + 12, 0);
  us_put_f64(section + 16, bank->energy_j);
  uint8_t *to = section + 24;
  if (!is_all) {
    memset(to, 0, us_padded((size_t)rows * 4));
    memcpy(to, index, (size_t)rows * 4);
    to += us_padded((size_t)rows * 4);
  }
  for (uint32_t r = 0; r < rows; r++) {
    for (uint32_t v = 0; v < bank->circuit->output_values; v++, to += 8) {
      us_put_f64(to, answers[r].outputs[v]);
    }
  }
  for (uint32_t r = 0; r < rows; r++) {
    us_put_i64(to + (size_t)r * 8, answers[r].delay_fs);
    us_put_f64(to + (size_t)(rows + r) * 8, answers[r].energy_j);
    us_put_f64(to + (size_t)(2 * rows + r) * 8, answers[r].idle_j);
    us_put_u32(to + (size_t)rows * 24 + (size_t)r * 4, answers[r].flags);
  }
  to += (size_t)rows * 24;
  if (rows % 2 != 0) {
    us_put_u32(to + (size_t)rows * 4, 0);
  }
  out_size = (size_t)(to - out) + us_padded((size_t)rows * 4);
}

/* Answers one section of STEP; returns where the next one begins. */
static const uint8_t *step_section(const uint8_t *at, int64_t time_fs) {
  uint32_t number = us_get_u32(at);
  uint32_t rows = us_get_u32(at + 4);
  bool is_all = (us_get_u32(at + 8) & US_BANK_FLAG_ALL_ROWS) != 0;
  if (number < 100 || number >= 100 + bank_count) {
    refuse(US_WIRE_ERROR_UNKNOWN_BANK, "bank: unknown (expected: one that was opened)");
  }
  fake_bank *bank = &banks[number - 100];
  const fake_circuit *circuit = bank->circuit;
  bool is_shared = (circuit->flags & US_BANK_FLAG_SHARED_INPUTS) != 0;
  bool is_held = (circuit->flags & US_BANK_FLAG_HELD_INPUTS) != 0;
  if (bank->origin_fs < 0) {
    bank->origin_fs = time_fs;
  }
  if ((time_fs - bank->origin_fs) % FAKE_PERIOD_FS != 0) {
    refuse(US_WIRE_ERROR_TIMING, "time: between two clock edges (expected: a whole period)");
  }
  const uint8_t *index = at + 16;
  const uint8_t *inputs = index + (is_all ? 0 : us_padded((size_t)rows * 4));
  size_t sets = is_shared ? (rows > 0 ? 1 : 0) : rows;
  const uint8_t *end = inputs + sets * circuit->input_values * 8;
  double values[32];
  fake_row *answers = calloc(bank->instances, sizeof *answers);
  uint32_t *answered = calloc(bank->instances, sizeof *answered);
  uint32_t count = 0;
  bool is_same = rows > 0 && is_held && bank->has_held &&
                 memcmp(bank->held, inputs, circuit->input_values * 8) == 0;
  for (uint32_t i = 0, r = 0; i < bank->instances; i++) {
    bool is_named = r < rows && (is_all || us_get_u32(index + (size_t)r * 4) == i);
    if (is_named && !is_same) {
      memcpy(values, inputs + (is_shared ? 0 : (size_t)r) * circuit->input_values * 8,
             circuit->input_values * 8);
      answers[count] = circuit->respond(i, &bank->state[i], values);
      answers[count].idle_j = end_idle(bank, i, time_fs);
      count_row(bank, &answers[count]);
      answered[count++] = i;
      bank->is_active[i] = true;
    } else if (bank->is_active[i]) {
      bank->is_active[i] = false;
      bank->idle_since[i] = time_fs;
      if (circuit->idle != NULL && circuit->idle(i, &bank->state[i], &answers[count])) {
        count_row(bank, &answers[count]);
        answered[count++] = i;
      }
    }
    r += is_named ? 1 : 0;
  }
  if (is_held && rows > 0) {
    memcpy(bank->held, inputs, circuit->input_values * 8);
    bank->has_held = true;
  }
  put_answer(bank, number, count, answered, answers);
  free(answers);
  free(answered);
  return end;
}

static void answer(void) {
  uint32_t sections = us_get_u32(in + 24);
  const uint8_t *at = in + 32;
  out_size = 32;
  us_put_u32(out + 24, sections);
  us_put_u32(out + 28, 0);
  for (uint32_t s = 0; s < sections; s++) {
    at = step_section(at, us_get_i64(in + 16));
  }
  if (at != in + us_get_u32(in)) {
    refuse(US_WIRE_ERROR_PROTOCOL, "STEP: length does not fit its sections");
  }
  finish(US_FRAME_TYPE_ANSWER);
}

static void summary(void) {
  us_put_u32(out + 24, bank_count);
  us_put_u32(out + 28, 0);
  out_size = 32;
  for (uint32_t b = 0; b < bank_count; b++) {
    fake_bank *bank = &banks[b];
    for (uint32_t i = 0; i < bank->instances; i++) {
      double idle_j = end_idle(bank, i, us_get_i64(in + 16));
      bank->static_j += idle_j;
      bank->energy_j += idle_j;
    }
    uint8_t *record = out + out_size;
    us_put_u32(record, 100 + b);
    us_put_u32(record + 4, bank->instances);
    us_put_u64(record + 8, bank->crossings);
    us_put_u64(record + 16, bank->e1);
    us_put_u64(record + 24, bank->e2);
    us_put_u64(record + 32, bank->e3);
    us_put_u64(record + 40, bank->idle_periods);
    us_put_u64(record + 48, bank->outputs);
    us_put_f64(record + 56, bank->energy_j);
    us_put_f64(record + 64, bank->dynamic_j);
    us_put_f64(record + 72, bank->static_j);
    us_put_f64(record + 80,
               bank->latencies == 0 ? 0.0 : bank->latency_sum_s / (double)bank->latencies);
    us_put_f64(record + 88, bank->latency_max_s);
    us_put_u64(record + 96, bank->flagged);
    us_put_u64(record + 104, 0);
    out_size += 112;
  }
  finish(US_FRAME_TYPE_SUMMARY);
}

/* Sends the answer that is in out, spoilt as the fault says. */
static void send_spoilt(void) {
  if (is_fault("close") || is_fault("leave")) {
    exit(0);
  }
  if (is_fault("silence")) {
    while (recv(connection, in, 1, 0) > 0) {
    }
    exit(0);
  }
  if (is_fault("cut")) {
    write_all(out, us_frame_bytes(out) / 2);
    exit(0);
  }
  if (is_fault("garbage")) {
    static const uint8_t noise[] = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n";
    write_all(noise, sizeof noise - 1);
    return;
  }
  if (is_fault("error")) {
    refuse(US_WIRE_ERROR_INTERNAL, "backend: out of order (expected: in order)");
  } else if (is_fault("version")) {
    out[4] = US_WIRE_PROTOCOL_VERSION + 1;
  } else if (is_fault("type")) {
    out[5] = US_FRAME_TYPE_SUMMARY;
    seal();
  } else if (is_fault("sequence")) {
    us_put_u64(out + 8, 99);
    seal();
  } else if (is_fault("huge")) {
    us_put_u32(out, 0xffffffff);
  } else if (is_fault("flip")) {
    out[out_size - 1] ^= 1;
  } else if (is_fault("nan")) {
    us_put_f64(out + 32 + 16, strtod("nan", NULL));
    seal();
  } else if (is_fault("rows")) {
    us_put_u32(out + 32 + 4, 1000000);
    seal();
  } else if (is_fault("trailing")) {
    memset(out + out_size, 0, 8);
    out_size += 8;
    seal();
  } else {
    die("unknown fault");
  }
  write_all(out, is_fault("huge") ? out_size : us_frame_bytes(out));
}

/* Cuts the answer that is in out and waits for the client: this server knows nothing any more. */
static void forget(void) {
  write_all(out, us_frame_bytes(out) / 2);
  close(connection);
  for (uint32_t b = 0; b < bank_count; b++) {
    free(banks[b].state);
    free(banks[b].is_active);
    free(banks[b].idle_since);
    free(banks[b].held);
  }
  memset(banks, 0, sizeof banks);
  bank_count = 0;
  connection = accept(listener, NULL, NULL);
}

/* The token of WELCOME, when the session is taken up again; zeros before. */
static void check_token(bool is_resumed) {
  for (int i = 0; i < 16; i++) {
    if (in[32 + i] != (is_resumed ? 7 : 0)) {
      refuse(US_WIRE_ERROR_SESSION, "token: another (expected: the session's)");
    }
  }
}

static void serve(void) {
  bool is_resumed = false;

  for (uint64_t frame = 1; read_all(in, 4); frame++) {
    uint32_t length = us_get_u32(in);
    if (length > US_WIRE_MAX_FRAME_BYTES || length < 24 || !read_all(in + 4, length)) {
      return;
    }
    if (us_get_u64(in + 8) != frame) {
      refuse(US_WIRE_ERROR_PROTOCOL, "sequence: not one more than the last");
    }
    switch (in[5]) {
    case US_FRAME_TYPE_HELLO:
      check_token(is_resumed);
      welcome();
      break;
    case US_FRAME_TYPE_OPEN:
      opened();
      break;
    case US_FRAME_TYPE_STEP:
      answer();
      break;
    case US_FRAME_TYPE_CLOSE:
      summary();
      break;
    default:
      refuse(US_WIRE_ERROR_PROTOCOL, "frame type: unknown");
    }
    if (frame == fault_frame && !is_resumed && is_fault("resume")) {
      forget();
      is_resumed = true;
      frame = 0;
    } else if (frame == fault_frame && !is_resumed) {
      send_spoilt();
    } else {
      write_all(out, us_frame_bytes(out));
    }
  }
}

static int listen_at(const char *address) {
  int fd = -1;
  int on = 1;
  if (strncmp(address, "unix:", 5) == 0) {
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    snprintf(at.sun_path, sizeof at.sun_path, "%s", address + 5);
    unlink(at.sun_path);
    fd = socket(AF_UNIX, SOCK_STREAM, 0);
    if (bind(fd, (struct sockaddr *)&at, sizeof at) != 0) {
      die("bind failed");
    }
  } else {
    struct sockaddr_in at = {.sin_family = AF_INET};
    at.sin_port = htons((uint16_t)atoi(strrchr(address, ':') + 1));
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    fd = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(fd, (struct sockaddr *)&at, sizeof at) != 0) {
      die("bind failed");
    }
  }
  if (listen(fd, 1) != 0) {
    die("listen failed");
  }
  return fd;
}

int main(int argc, char **argv) {
  if (argc < 2) {
    die("usage: fake_server ADDRESS [FAULT@N]");
  }
  if (argc > 2) {
    char *at = strchr(argv[2], '@');
    if (at == NULL) {
      die("fault: expected KIND@N");
    }
    *at = '\0';
    fault = argv[2];
    fault_frame = strtoull(at + 1, NULL, 10);
  }
  alarm(LIFETIME_S);
  in = malloc(US_WIRE_MAX_FRAME_BYTES + 64);
  out = malloc(US_WIRE_MAX_FRAME_BYTES + 64);
  if (in == NULL || out == NULL) {
    die("memory refused");
  }
  listener = listen_at(argv[1]);
  printf("ready\n");
  fflush(stdout);
  connection = accept(listener, NULL, NULL);
  int on = 1;
  setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  serve();
  return 0;
}
