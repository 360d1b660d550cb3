/* The made-up server's banks: what OPEN, STEP and CLOSE do. */
#ifndef UNDERSTUDY_FAKE_BANKS_H
#define UNDERSTUDY_FAKE_BANKS_H

#include <stdbool.h>

/* Answers OPEN. */
void fake_banks_open(bool is_restorable);

/* Answers STEP. */
void fake_banks_step(void);

/* Answers CLOSE. */
void fake_banks_close(void);

/* Frees all banks, as if none had been opened. */
void fake_banks_forget(void);

#endif
