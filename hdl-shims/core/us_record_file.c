#define _GNU_SOURCE

#include "us_record_file.h"

#include "us_bytes.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

enum {
  MAGIC_BYTES = 8,
  HEAD_BYTES = 16,
  CHUNK_HEAD_BYTES = 12,
  VERSION = 1,
  BUFFER_BYTES = 1 << 16,
  POLL_MS = 1000
};

struct us_record_file {
  const char *path;
  const char *label;
  int fd;
  pid_t unpacker;
  bool is_whole; /* gzip has come to the end and found nothing wrong */
  uint8_t *chunk;
  size_t chunk_room;
  size_t buffered;
  size_t used;
  uint8_t buffer[BUFFER_BYTES];
};

/* The pipe has ended: asks gzip whether all was well. */
static enum us_record_found end(us_record_file *file, us_error *error) {
  int status = 0;
  if (file->unpacker > 0 && waitpid(file->unpacker, &status, 0) == file->unpacker) {
    file->unpacker = 0;
    file->is_whole = WIFEXITED(status) && WEXITSTATUS(status) == 0;
  }
  us_error_set(error, "%s: ends here (expected: a readable record of a whole session)",
               file->label);
  return file->is_whole ? US_RECORD_END : US_RECORD_BROKEN;
}

/* Fills the buffer, within the deadline. */
static enum us_record_found fill(us_record_file *file, us_deadline deadline, us_error *error) {
  while (1) {
    int64_t left = deadline.at_ms - us_deadline_after(0).at_ms;
    struct pollfd poller = {file->fd, POLLIN, 0};
    int ready = poll(&poller, 1, left < 0 ? 0 : left > POLL_MS ? POLL_MS : (int)left);
    if (ready == 0 && left <= 0) {
      us_error_set(error, "%s: not unpacked after %lld ms (expected: within that)", file->label,
                   (long long)deadline.timeout_ms);
      return US_RECORD_BROKEN;
    }
    if (ready <= 0) {
      continue;
    }
    ssize_t got = read(file->fd, file->buffer, sizeof file->buffer);
    if (got > 0) {
      file->buffered = (size_t)got;
      file->used = 0;
      return US_RECORD_FOUND;
    }
    if (got == 0) {
      return end(file, error);
    }
    if (errno != EINTR) {
      us_error_set(error, "%s: %s", file->label, strerror(errno));
      return US_RECORD_BROKEN;
    }
  }
}

static enum us_record_found take(us_record_file *file, uint8_t *bytes, size_t count,
                                 us_deadline deadline, us_error *error) {
  size_t wanted = count;
  while (count > 0) {
    if (file->used == file->buffered) {
      enum us_record_found found = fill(file, deadline, error);
      if (found != US_RECORD_FOUND) {
        return count < wanted ? US_RECORD_BROKEN : found; /* the end is no end within something */
      }
    }
    size_t part = file->buffered - file->used;
    part = part < count ? part : count;
    memcpy(bytes, file->buffer + file->used, part);
    file->used += part;
    bytes += part;
    count -= part;
  }
  return US_RECORD_FOUND;
}

enum us_record_found us_record_file_next(us_record_file *file, us_record_chunk *chunk,
                                         us_deadline deadline, us_error *error) {
  uint8_t head[CHUNK_HEAD_BYTES];
  enum us_record_found found = take(file, head, sizeof head, deadline, error);
  if (found != US_RECORD_FOUND) {
    return found;
  }
  size_t size = us_get_u32(head + 8);
  if (size > file->chunk_room) {
    uint8_t *grown = realloc(file->chunk, size);
    if (grown == NULL) {
      us_error_set(error, "%s: chunk of %zu bytes (expected: room for it)", file->label, size);
      return US_RECORD_BROKEN;
    }
    file->chunk = grown;
    file->chunk_room = size;
  }
  if (take(file, file->chunk, size, deadline, error) != US_RECORD_FOUND) {
    return US_RECORD_BROKEN;
  }
  *chunk = (us_record_chunk){us_get_u32(head), us_get_u32(head + 4), file->chunk, size};
  return US_RECORD_FOUND;
}

void us_record_file_close(us_record_file *file) {
  if (file->fd >= 0) {
    close(file->fd);
  }
  if (file->unpacker > 0) {
    kill(file->unpacker, SIGKILL);
    waitpid(file->unpacker, NULL, 0);
  }
  free(file->chunk);
  free(file);
}

static bool unpack(us_record_file *file, us_error *error) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) {
    return us_error_set(error, "%s: pipe: %s", file->label, strerror(errno));
  }
  file->fd = ends[0];
  char program[] = "gzip";
  char option[] = "-dc";
  char separator[] = "--";
  char *path = strdup(file->path);
  char *arguments[] = {program, option, separator, path, NULL};
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  int status = path == NULL
                   ? ENOMEM
                   : posix_spawnp(&file->unpacker, program, &actions, NULL, arguments, environ);
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  free(path);
  if (status != 0) {
    file->unpacker = 0;
    return us_error_set(error, "%s: gzip: %s (expected: gzip on the PATH)", file->label,
                        strerror(status));
  }
  return true;
}

us_record_file *us_record_file_open(const char *path, const char *label, us_deadline deadline,
                                    us_error *error) {
  us_record_file *file = calloc(1, sizeof *file);
  if (file == NULL) {
    us_error_set(error, "%s: memory refused", label);
    return NULL;
  }
  file->path = path;
  file->label = label;
  file->fd = -1;
  uint8_t head[HEAD_BYTES];
  if (access(path, R_OK) != 0) {
    us_error_set(error, "%s: %s (expected: a record)", label, strerror(errno));
  } else if (unpack(file, error) &&
             take(file, head, sizeof head, deadline, error) == US_RECORD_FOUND) {
    if (memcmp(head, "USRECORD", MAGIC_BYTES) == 0 && us_get_u32(head + MAGIC_BYTES) == VERSION) {
      return file;
    }
    us_error_set(error, "%s: no record of version %d (expected: understudy run --record)", label,
                 VERSION);
  }
  us_record_file_close(file);
  return NULL;
}
