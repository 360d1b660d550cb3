/* Where the server listens: the value of UNDERSTUDY_SERVER. */
#ifndef UNDERSTUDY_US_ADDRESS_H
#define UNDERSTUDY_US_ADDRESS_H

#include "us_error.h"

enum us_transport {
  US_TRANSPORT_UNIX,
  US_TRANSPORT_TCP,
  US_TRANSPORT_TLS,   /* TCP with TLS around it */
  US_TRANSPORT_GRPC,  /* frames in a gRPC call */
  US_TRANSPORT_GRPCS, /* the same with TLS */
  US_TRANSPORT_RECORD /* no server: what one answered in an earlier run */
};

typedef struct us_address {
  enum us_transport transport;
  char text[320]; /* as it was given, for messages */
  char path[108]; /* unix: the socket's path */
  char host[256]; /* else: a name or a number, without the brackets of IPv6 */
  char port[6];   /* else: decimal, 1 to 65535 */
} us_address;

/* What an address looks like, for messages. */
#define US_ADDRESS_FORMS "unix:PATH, tcp:, tls:, grpc: or grpcs:HOST:PORT, or record:FILE"

/* Reads an address of these forms; false with a text that names the value and them. */
bool us_address_parse(const char *text, us_address *address, us_error *error);

#endif
