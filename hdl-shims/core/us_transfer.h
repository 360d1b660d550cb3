/* Single frames over the present connection; what went wrong, and whether that is for good. */
#ifndef UNDERSTUDY_US_TRANSFER_H
#define UNDERSTUDY_US_TRANSFER_H

#include "us_link.h"

enum us_outcome {
  US_DONE,
  US_LOST,   /* the connection is of no more use; another one may be */
  US_REFUSED /* the server, or sense, says no */
};

#define US_ANY_TYPE US_FRAME_TYPE_UNSPECIFIED

/* Sends a sealed frame. */
enum us_outcome us_transfer_send(us_link *link, const uint8_t *frame, us_deadline deadline,
                                 us_error *error);

/* Receives the answer to the frame of that number into link->in. Earlier answers that come again
 * are passed over. */
enum us_outcome us_transfer_receive(us_link *link, uint64_t sequence, uint8_t expected,
                                    us_deadline deadline, us_error *error);

/* Closes the connection, if there is one, and forgets what came over it. */
void us_transfer_close(us_link *link);

#endif
