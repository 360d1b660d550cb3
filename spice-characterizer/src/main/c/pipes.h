/* The process's two pipes: lines and numbers in, answers out. The end of the input ends the
 * process, for nobody is left to answer to. */
#ifndef PIPES_H
#define PIPES_H

#include <stddef.h>
#include <stdint.h>

/* Keeps standard output for answers alone: whatever else prints there goes to standard error. */
void pipes_take(void);

/* The next line without its end; valid until the next call. */
char *pipes_line(void);

/* Exactly so many bytes. */
void pipes_read(void *bytes, size_t size);

/* An answer: a kind, a count, and its bytes. */
void pipes_answer(uint32_t kind, uint32_t count, const void *bytes, size_t size);

/* Room for count elements of a size; ends the process when there is none. */
void *pipes_reserve(void *old, size_t count, size_t size);

#endif
