/* The chunks of a record, in the order in which they were written. A record is a gzip stream, which
 * gzip itself unpacks into a pipe: the shim links nothing. */
#ifndef UNDERSTUDY_US_RECORD_FILE_H
#define UNDERSTUDY_US_RECORD_FILE_H

#include "us_channel.h"

enum us_record_kind { US_RECORD_REQUEST = 1, US_RECORD_REPLY = 2 };

typedef struct us_record_chunk {
  uint32_t kind;    /* us_record_kind; others are none of the shim's business */
  uint32_t session; /* a number, unique in the record */
  const uint8_t *bytes;
  size_t size;
} us_record_chunk;

enum us_record_found {
  US_RECORD_FOUND,
  US_RECORD_END,   /* the record ends as it should; with an error, for those who expected more */
  US_RECORD_BROKEN /* with an error: unreadable, cut, damaged, or not unpacked in time */
};

typedef struct us_record_file us_record_file;

/* Opens a record; NULL with an error. label names it in messages; both texts must stay. */
us_record_file *us_record_file_open(const char *path, const char *label, us_deadline deadline,
                                    us_error *error);

/* The next chunk; its bytes are valid until the next call. */
enum us_record_found us_record_file_next(us_record_file *file, us_record_chunk *chunk,
                                         us_deadline deadline, us_error *error);

void us_record_file_close(us_record_file *file);

#endif
