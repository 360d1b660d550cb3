#define _POSIX_C_SOURCE 200809L

#include "pipes.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BUFFER_BYTES = 1 << 16, LINE_BYTES = 512 };

static int answers = STDOUT_FILENO;
static uint8_t buffer[BUFFER_BYTES];
static size_t buffered;
static size_t taken;

void pipes_take(void) {
  answers = dup(STDOUT_FILENO);
  if (answers < 0 || dup2(STDERR_FILENO, STDOUT_FILENO) < 0) {
    perror("us_lockstep: standard output");
    _exit(2);
  }
}

static void fill(void) {
  ssize_t got;
  do {
    got = read(STDIN_FILENO, buffer, sizeof buffer);
  } while (got < 0 && errno == EINTR);
  if (got <= 0) {
    _exit(0);
  }
  buffered = (size_t)got;
  taken = 0;
}

char *pipes_line(void) {
  static char line[LINE_BYTES];
  size_t length = 0;
  while (1) {
    if (taken == buffered) {
      fill();
    }
    char next = (char)buffer[taken++];
    if (next == '\n') {
      line[length] = '\0';
      return line;
    }
    if (length + 1 == sizeof line) {
      fprintf(stderr, "us_lockstep: line: longer than %d bytes\n", LINE_BYTES);
      _exit(2);
    }
    line[length++] = next;
  }
}

void pipes_read(void *bytes, size_t size) {
  uint8_t *to = bytes;
  while (size > 0) {
    if (taken == buffered) {
      fill();
    }
    size_t part = buffered - taken < size ? buffered - taken : size;
    memcpy(to, buffer + taken, part);
    taken += part;
    to += part;
    size -= part;
  }
}

static void write_all(const void *bytes, size_t size) {
  const uint8_t *from = bytes;
  while (size > 0) {
    ssize_t written = write(answers, from, size);
    if (written < 0 && errno == EINTR) {
      continue;
    }
    if (written <= 0) {
      _exit(0);
    }
    from += written;
    size -= (size_t)written;
  }
}

void pipes_answer(uint32_t kind, uint32_t count, const void *bytes, size_t size) {
  uint32_t head[2] = {kind, count};
  write_all(head, sizeof head);
  write_all(bytes, size);
}

void *pipes_reserve(void *old, size_t count, size_t size) {
  void *grown = realloc(old, count * size);
  if (grown == NULL) {
    fprintf(stderr, "us_lockstep: memory: %zu x %zu bytes refused\n", count, size);
    _exit(2);
  }
  return grown;
}
