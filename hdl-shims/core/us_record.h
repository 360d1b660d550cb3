/* A recorded session in place of a server: each frame must be the one that was sent then, and gets
 * the answer that it got. */
#ifndef UNDERSTUDY_US_RECORD_H
#define UNDERSTUDY_US_RECORD_H

#include "us_channel.h"

extern const us_channel_table us_record_table;

#endif
