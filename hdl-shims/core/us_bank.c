/* One bank: posts, collects, and what an answer changes. */
#include "us_session.h"

#include <inttypes.h>
#include <math.h>

int us_bank_handle(const us_bank *bank) { return bank->handle; }

bool us_bank_post(us_bank *bank, int64_t time_fs, us_vector valid, us_vector codes) {
  us_client *client = bank->client;
  us_error cause = {""};
  if (client->is_closed) {
    us_error_set(&cause, "session: closed (expected: open)");
    return us_fail_at(client, bank->path, time_fs, &cause);
  }
  if (bank->is_posted) {
    us_error_set(&cause, "post: a second one (expected: a collect of the first before it)");
    return us_fail_at(client, bank->path, time_fs, &cause);
  }
  if (client->posted_count > 0 && (client->is_sent || client->step_time_fs != time_fs) &&
      !us_step_exchange(client, &cause)) {
    return us_fail_at(client, bank->path, time_fs, &cause);
  }
  client->step_time_fs = time_fs;
  if (!us_step_add(bank, valid, codes, &cause)) {
    return us_fail_at(client, bank->path, time_fs, &cause);
  }
  bank->is_posted = true;
  bank->post_time_fs = time_fs;
  return true;
}

/* The bank's post still waits in the frame (another bank's collect may have sent it already). */
static bool is_waiting(const us_bank *bank) {
  const us_client *client = bank->client;
  for (int i = 0; i < client->posted_count; i++) {
    if (client->posted[i] == bank) {
      return true;
    }
  }
  return false;
}

bool us_bank_flush(us_bank *bank) {
  us_error cause = {""};
  return !is_waiting(bank) || us_step_send(bank->client, &cause) ||
         us_fail_at(bank->client, bank->path, bank->post_time_fs, &cause);
}

/* One ps before the earliest change, and one more before the next edge. */
int64_t us_bank_lookahead_ps(const us_bank *bank, int64_t most_ps) {
  int64_t latest_ps = bank->layout.period_fs / 1000 - 2;
  int64_t ps = bank->layout.min_latency_fs / 1000 - 1;
  ps = ps > latest_ps ? latest_ps : ps;
  ps = ps > most_ps ? most_ps : ps;
  return ps < 1 ? 1 : ps;
}

/* When an answer's output changes, in ps from the collect. At least 1: an output cannot change in
 * the past. Before the next edge: the wrapper must be back by then (and what comes later belongs to
 * the next period). */
static int64_t change_ps(const us_bank *bank, int64_t delay_fs) {
  int64_t collected_fs = bank->collect_time_fs - bank->post_time_fs;
  int64_t last_ps = (bank->layout.period_fs - collected_fs) / 1000 - 1;
  int64_t ps = delay_fs < collected_fs ? 1 : (delay_fs - collected_fs + 500) / 1000;
  ps = ps > last_ps ? last_ps : ps;
  return ps < 1 ? 1 : ps;
}

static bool is_after(const us_bank *bank, uint32_t one, uint32_t other) {
  return bank->changed_ps[one] != bank->changed_ps[other]
             ? bank->changed_ps[one] > bank->changed_ps[other]
             : bank->changed[one] > bank->changed[other];
}

static void swap(us_bank *bank, uint32_t one, uint32_t other) {
  uint32_t instance = bank->changed[one];
  int64_t ps = bank->changed_ps[one];
  bank->changed[one] = bank->changed[other];
  bank->changed_ps[one] = bank->changed_ps[other];
  bank->changed[other] = instance;
  bank->changed_ps[other] = ps;
}

/* Restores the heap below `root`: no child comes after its parent. */
static void sift(us_bank *bank, uint32_t root, uint32_t count) {
  for (;;) {
    uint32_t child = 2 * root + 1;
    if (child >= count) {
      return;
    }
    if (child + 1 < count && is_after(bank, child + 1, child)) {
      child++;
    }
    if (!is_after(bank, child, root)) {
      return;
    }
    swap(bank, child, root);
    root = child;
  }
}

/* Puts the changes in the order of their times, then of their instances. In place (qsort may
 * allocate), and without a move if they are already so, as with a constant latency. */
static void sort_changes(us_bank *bank) {
  uint32_t count = bank->changed_count;
  uint32_t sorted = 1;
  while (sorted < count && !is_after(bank, sorted - 1, sorted)) {
    sorted++;
  }
  if (sorted >= count) {
    return;
  }
  for (uint32_t root = count / 2; root > 0; root--) {
    sift(bank, root - 1, count);
  }
  for (uint32_t last = count - 1; last > 0; last--) {
    swap(bank, 0, last);
    sift(bank, 0, last);
  }
}

int64_t us_time_fs(double time_ps) {
  double whole = floor(time_ps);
  return (int64_t)whole * 1000 + llround((time_ps - whole) * 1000.0);
}

bool us_bank_collect(us_bank *bank, int64_t time_fs) {
  us_error cause = {""};
  if (!bank->is_posted) {
    us_error_set(&cause, "collect: without a post (expected: one after each post)");
    return us_fail_at(bank->client, bank->path, bank->post_time_fs, &cause);
  }
  if (is_waiting(bank) && !us_step_exchange(bank->client, &cause)) {
    return us_fail_at(bank->client, bank->path, bank->post_time_fs, &cause);
  }
  bank->is_posted = false;
  bank->collect_time_fs = time_fs;
  bank->played_ps = 0;
  for (uint32_t i = 0; i < bank->changed_count; i++) {
    bank->changed_ps[i] = change_ps(bank, bank->changed_ps[i]);
  }
  sort_changes(bank);
  return true;
}

bool us_bank_next(us_bank *bank, us_change *change) {
  const us_layout *layout = &bank->layout;
  change->codes = bank->row_words;
  change->code_words = (layout->row_bits + 31) / 32;
  change->wait_ps = bank->wait_ps;
  if (bank->changed_next >= bank->changed_count) {
    return false;
  }
  uint32_t instance = bank->changed[bank->changed_next];
  const uint32_t *codes = bank->codes + (size_t)instance * layout->output_values;
  for (uint32_t p = layout->input_count; p < layout->input_count + layout->output_count; p++) {
    const us_port *port = &layout->ports[p];
    for (uint32_t e = 0; e < port->elements; e++) {
      us_bits_put(bank->row_words, port->first_bit + (size_t)e * port->bits, port->bits, *codes++);
    }
  }
  change->instance = instance;
  bank->wait_ps = bank->changed_ps[bank->changed_next] - bank->played_ps;
  change->wait_ps = bank->wait_ps;
  bank->played_ps = bank->changed_ps[bank->changed_next++];
  return true;
}

double us_bank_energy_j(const us_bank *bank) { return bank->energy_j; }
double us_bank_step_energy_j(const us_bank *bank) { return bank->step_energy_j; }
double us_bank_latency_s(const us_bank *bank) { return bank->latency_s; }

static bool check_index(us_bank *bank, const char *what, int64_t index, int64_t count) {
  if (index >= 0 && index < count) {
    return true;
  }
  us_error cause = {""};
  us_error_set(&cause, "%s: %" PRId64 " (expected: 0 to %" PRId64 ")", what, index, count - 1);
  return us_fail_at(bank->client, bank->path, bank->post_time_fs, &cause);
}

bool us_instance_row(us_bank *bank, int64_t instance, double *energy_j, double *latency_s) {
  if (!check_index(bank, "instance", instance, bank->instances)) {
    return false;
  }
  bool is_answered = bank->step > 0 && bank->row_step[instance] == bank->step;
  *energy_j = is_answered ? bank->row_energy_j[instance] : 0.0;
  *latency_s = bank->row_latency_s[instance];
  return true;
}

bool us_instance_value(us_bank *bank, int64_t instance, int64_t index, double *value) {
  int64_t count = bank->layout.output_values;
  if (!check_index(bank, "instance", instance, bank->instances) ||
      !check_index(bank, "output value", index, count)) {
    return false;
  }
  *value = bank->values[instance * count + index];
  return true;
}
