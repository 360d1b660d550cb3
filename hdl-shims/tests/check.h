/* The least that a test needs: conditions that are counted, and a line for each test. */
#ifndef UNDERSTUDY_CHECK_H
#define UNDERSTUDY_CHECK_H

#include <stdbool.h>
#include <stdio.h>

/* Notes a failure, with its place, and goes on. */
#define CHECK(condition) check_note((condition), __FILE__, __LINE__, #condition)
/* Runs a test function and prints PASS or FAIL with its name. */
#define RUN(test) check_run(#test, test)

void check_note(bool holds, const char *file, int line, const char *condition);
void check_run(const char *name, void (*test)(void));

/* True if the text contains the part; else prints both. */
bool has(const char *text, const char *part);

/* session_test.c: what the client does with a server, which it finds in the build directory. */
void run_session_tests(const char *build_dir);

#endif
