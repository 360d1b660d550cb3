/* A recorded session in place of a server: each frame must be one that was sent then, and gets the
 * answer that it got. Of a record's sessions that one is played which fits the frames so far, the
 * first of several; `record:FILE#2` plays the second and no other. */
#ifndef UNDERSTUDY_US_RECORD_H
#define UNDERSTUDY_US_RECORD_H

#include "us_channel.h"

extern const us_channel_table us_record_table;

#endif
