/* What rebuilds a session: its OPENs, its last checkpoint, and the frames since. */
#ifndef UNDERSTUDY_US_HISTORY_H
#define UNDERSTUDY_US_HISTORY_H

#include "us_transfer.h"

/* Notes the frame in link->out and its answer in link->in. */
bool us_history_note(us_link *link, uint32_t answer_checksum, us_error *error);

/* Takes a checkpoint when one is due; link->in is overwritten. */
bool us_history_settle(us_link *link, us_error *error);

/* Brings a fresh session, after WELCOME, to where the last noted frame left the old one. */
enum us_outcome us_history_replay(us_link *link, us_deadline deadline, us_error *error);

void us_history_free(us_history *history);

#endif
