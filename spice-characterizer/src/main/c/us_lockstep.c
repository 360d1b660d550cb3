/*
 * One circuit in ngspice, driven in lock step over standard input and output.
 *
 *   us_lockstep DECK
 *
 * The deck's inputs are EXTERNAL sources. First come lines of text, then binary commands and
 * answers, in the machine's byte order:
 *
 *   source NAME VALUE   an EXTERNAL source and its value in the operating point
 *   probe NAME          a vector that is reported, as ngspice calls it
 *   run                 ends the lines
 *
 *   command   f64 end_s, u32 corners (at least 1), u32 0, f64[corners] times in s, then for each
 *             source f64[corners] values: linear between the corners, held beyond them
 *   answer    u32 1, u32 points, then of each point f64[1 + probes]: its time and the probes
 *   failure   u32 2, u32 bytes, text: a line with the time reached in s, then what ngspice said
 *             last; the process ends after it
 *
 * The first answer comes without a command: the operating point, at time 0. Each command is
 * answered when the transient has reached end_s, where the last point lies. One transient runs
 * through all of it, so that nothing is lost at the ends.
 */
#include "pipes.h"

#include <stdbool.h> /* first: ngspice's header needs it */

#include <ngspice/sharedspice.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { NAME_BYTES = 256, MESSAGE_BYTES = 1 << 14, POINTS = 1, FAILURE = 2 };

/* A boundary counts as reached this part of the way before it: rounding may stop short of it. */
static const double REACHED = 1e-12;

typedef struct source {
  char name[NAME_BYTES];
  double initial;
} source;

typedef struct probe {
  char name[NAME_BYTES];
  int at; /* index among ngspice's vectors */
} probe;

static source *sources;
static size_t source_count;
static size_t last_source;
static probe *probes;
static size_t probe_count;
static int time_at;

/* The command that is being carried out. */
static double end_s;
static size_t corners;
static double *corner_s;
static double *corner_values;
static size_t corner_room;
static bool started;

/* The points accepted since the last answer. */
static double *points;
static size_t point_count;
static size_t point_room;

static double reached_s;

static char said[MESSAGE_BYTES];
static size_t said_bytes;

static void fail(const char *reason) {
  size_t length = strlen(reason);
  if (said_bytes + length + 1 < sizeof said) {
    memcpy(said + said_bytes, reason, length);
    said_bytes += length;
  }
  static char text[MESSAGE_BYTES + 40];
  int head = snprintf(text, 40, "%.9g\n", reached_s);
  memcpy(text + head, said, said_bytes);
  size_t bytes = (size_t)head + said_bytes;
  pipes_answer(FAILURE, (uint32_t)bytes, text, bytes);
  _exit(1);
}

/* Keeps the latest of what ngspice says; each text starts with the stream it was meant for. */
static int on_text(char *text, int id, void *user) {
  (void)id;
  (void)user;
  const char *line = strncmp(text, "std", 3) == 0 ? strchr(text, ' ') : NULL;
  line = line == NULL ? text : line + 1;
  size_t length = strlen(line);
  if (length + 1 > sizeof said / 2) {
    length = sizeof said / 2 - 1;
  }
  if (said_bytes + length + 1 > sizeof said) {
    memmove(said, said + sizeof said / 2, said_bytes - sizeof said / 2);
    said_bytes -= sizeof said / 2;
  }
  memcpy(said + said_bytes, line, length);
  said_bytes += length;
  said[said_bytes++] = '\n';
  return 0;
}

static int on_status(char *text, int id, void *user) {
  (void)text;
  (void)id;
  (void)user;
  return 0;
}

static int on_exit_wish(int status, bool at_once, bool by_quit, int id, void *user) {
  (void)status;
  (void)at_once;
  (void)by_quit;
  (void)id;
  (void)user;
  fail("ngspice: wants to exit\n");
  return 0;
}

static int on_thread(bool is_idle, int id, void *user) {
  (void)is_idle;
  (void)id;
  (void)user;
  return 0;
}

static int on_vectors(pvecinfoall all, int id, void *user) {
  (void)id;
  (void)user;
  time_at = -1;
  for (size_t p = 0; p < probe_count; p++) {
    probes[p].at = -1;
  }
  for (int v = 0; v < all->veccount; v++) {
    const char *name = all->vecs[v]->vecname;
    if (strcmp(name, "time") == 0) {
      time_at = v;
    }
    for (size_t p = 0; p < probe_count; p++) {
      if (strcmp(name, probes[p].name) == 0) {
        probes[p].at = v;
      }
    }
  }
  for (size_t p = 0; p < probe_count; p++) {
    if (probes[p].at < 0) {
      char text[NAME_BYTES + 80];
      snprintf(text, sizeof text, "vector %s: unknown (expected: a node or branch of the deck)\n",
               probes[p].name);
      fail(text);
    }
  }
  if (time_at < 0) {
    fail("analysis: without time (expected: a transient)\n");
  }
  return 0;
}

/* Reads the next command, and has ngspice step onto its corners as it does with its own sources. */
static void next_command(void) {
  uint32_t counts[2];
  pipes_read(&end_s, sizeof end_s);
  pipes_read(counts, sizeof counts);
  corners = counts[0];
  if (corners > corner_room) {
    corner_room = corners;
    corner_s = pipes_reserve(corner_s, corner_room, sizeof *corner_s);
    corner_values = pipes_reserve(corner_values, corner_room * source_count, sizeof *corner_values);
  }
  pipes_read(corner_s, corners * sizeof *corner_s);
  pipes_read(corner_values, corners * source_count * sizeof *corner_values);
  for (size_t c = 0; corners > 1 && c < corners; c++) {
    ngSpice_SetBkpt(corner_s[c]);
  }
}

static int on_point(pvecvaluesall all, int count, int id, void *user) {
  (void)count;
  (void)id;
  (void)user;
  size_t width = 1 + probe_count;
  if (point_count == point_room) {
    point_room = point_room == 0 ? 256 : 2 * point_room;
    points = pipes_reserve(points, point_room * width, sizeof *points);
  }
  double *point = points + point_count++ * width;
  point[0] = all->vecsa[time_at]->creal;
  reached_s = point[0];
  for (size_t p = 0; p < probe_count; p++) {
    point[1 + p] = all->vecsa[probes[p].at]->creal;
  }
  if (!started || point[0] >= end_s * (1 - REACHED)) {
    started = true;
    pipes_answer(POINTS, (uint32_t)point_count, points, point_count * width * sizeof *points);
    point_count = 0;
    next_command();
  }
  return 0;
}

/* The sources are asked in turn, mostly: the search starts after the one found last. */
static size_t find_source(const char *name) {
  for (size_t k = 1; k <= source_count; k++) {
    size_t at = (last_source + k) % source_count;
    if (strcmp(sources[at].name, name) == 0) {
      last_source = at;
      return at;
    }
  }
  char text[NAME_BYTES + 80];
  snprintf(text, sizeof text, "source %.*s: unknown (expected: one of those announced)\n",
           NAME_BYTES, name);
  fail(text);
  return 0;
}

static int on_source(double *value, double time_s, char *name, int id, void *user) {
  (void)id;
  (void)user;
  size_t at = find_source(name);
  if (!started) {
    *value = sources[at].initial;
    return 0;
  }
  const double *values = corner_values + at * corners;
  size_t c = 0;
  while (c < corners && corner_s[c] <= time_s) {
    c++;
  }
  if (c == 0 || c == corners) {
    *value = values[c == 0 ? 0 : c - 1];
    return 0;
  }
  double part = (time_s - corner_s[c - 1]) / (corner_s[c] - corner_s[c - 1]);
  *value = values[c - 1] + part * (values[c] - values[c - 1]);
  return 0;
}

/*
 * Has a step end at the boundary. The last stretch before it is cut in two rather than into a whole
 * step and a crumb, after which the steps would have to grow again.
 */
static int on_step(double time_s, double *delta_s, double old_delta_s, int redo, int id, int place,
                   void *user) {
  (void)old_delta_s;
  (void)id;
  (void)user;
  if (!started || place != 0 || redo != 0) {
    return 0;
  }
  double rest_s = end_s - time_s;
  if (*delta_s >= rest_s) {
    *delta_s = rest_s;
  } else if (2 * *delta_s > rest_s) {
    *delta_s = rest_s / 2;
  }
  return 0;
}

/* Reads "source" and "probe" lines until "run". */
static void read_setup(void) {
  while (1) {
    char *line = pipes_line();
    if (strcmp(line, "run") == 0) {
      return;
    }
    char kind[16];
    char name[NAME_BYTES];
    double value = 0;
    int fields = sscanf(line, "%15s %255s %lf", kind, name, &value);
    if (fields == 3 && strcmp(kind, "source") == 0) {
      sources = pipes_reserve(sources, source_count + 1, sizeof *sources);
      memcpy(sources[source_count].name, name, sizeof name);
      sources[source_count++].initial = value;
    } else if (fields == 2 && strcmp(kind, "probe") == 0) {
      probes = pipes_reserve(probes, probe_count + 1, sizeof *probes);
      memcpy(probes[probe_count++].name, name, sizeof name);
    } else {
      fprintf(stderr, "us_lockstep: line: %s (expected: source, probe or run)\n", line);
      exit(2);
    }
  }
}

static void command(const char *format, const char *argument) {
  char text[4200];
  snprintf(text, sizeof text, format, argument);
  if (ngSpice_Command(text) != 0) {
    char reason[4300];
    snprintf(reason, sizeof reason, "command %s: refused\n", text);
    fail(reason);
  }
}

int main(int argc, char **argv) {
  if (argc != 2) {
    fprintf(stderr, "usage: us_lockstep DECK\n");
    return 2;
  }
  pipes_take();
  read_setup();
  int id = 0;
  ngSpice_Init(on_text, on_status, on_exit_wish, on_point, on_vectors, on_thread, NULL);
  ngSpice_Init_Sync(on_source, on_source, on_step, &id, NULL);
  /* Before the deck is read: with OpenMP's default of many threads ngspice is far slower. */
  command("%s", "set num_threads=1");
  command("source %s", argv[1]);
  command("%s", "run");
  fail("transient: ended\n");
  return 1;
}
