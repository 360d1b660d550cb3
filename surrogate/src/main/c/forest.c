/* What Java asks for: whether this machine can score, and scores of any number of rows. */
#include "forest.h"

int forest_is_supported(void) {
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
         __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("bmi") &&
         __builtin_cpu_supports("popcnt");
}

void forest_scores(const struct forest *forest, const double *columns, int rows, double *scores) {
  for (int from = 0; from < rows; from += FOREST_ROWS) {
    int part = rows - from < FOREST_ROWS ? rows - from : FOREST_ROWS;
    if (part < FOREST_BLOCK_FROM) {
      forest_row_scores(forest, columns + from, part, scores + from);
    } else {
      forest_block_scores(forest, columns + from, part, scores + from);
    }
  }
}
