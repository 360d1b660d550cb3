/* Where the server listens: the value of UNDERSTUDY_SERVER. */
#ifndef UNDERSTUDY_US_ADDRESS_H
#define UNDERSTUDY_US_ADDRESS_H

#include "us_error.h"

enum us_transport { US_TRANSPORT_UNIX, US_TRANSPORT_TCP };

typedef struct us_address {
  enum us_transport transport;
  char text[320]; /* as it was given, for messages */
  char path[108]; /* unix: the socket's path */
  char host[256]; /* tcp: a name or a number, without the brackets of IPv6 */
  char port[6];   /* tcp: decimal, 1 to 65535 */
} us_address;

/* Reads `unix:PATH` or `tcp:HOST:PORT`; false with a text that names the value and these forms. */
bool us_address_parse(const char *text, us_address *address, us_error *error);

#endif
