/* The made-up server's faults: one takes the place of one answer. */
#ifndef UNDERSTUDY_FAKE_FAULTS_H
#define UNDERSTUDY_FAKE_FAULTS_H

#include <stdbool.h>
#include <stdint.h>

/* Takes KIND@N: the answer to frame number N is spoilt. */
void fake_faults_take(char *text);

/* Whether the banks can be restored: the client will look for a server again. */
bool fake_faults_are_resumable(void);

/* Sends the answer that is in the peer's `out` to a frame, spoilt if it is its turn.
 *
 * Returns whether the session begins anew, from nothing, at the client that comes next. */
bool fake_faults_send(uint64_t frame);

#endif
