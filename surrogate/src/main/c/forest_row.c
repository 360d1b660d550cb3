/*
 * Few rows. All splits of a tree are compared at once: their columns' ranks are brought beside
 * their own. Those that send the row right strike out the leaves on their left; the leftmost that
 * is left over is the row's, as QuickScorer has it (Lucchese et al., SIGIR 2015).
 */
#include <immintrin.h>

#include "forest.h"
#include "forest_vectors.h"

enum { AHEAD = 64 /* leaves that are found before their terms are added */ };

/* How many of sixteen ascending thresholds are below. */
INLINE int below(const double *thresholds, __m512d v) {
  unsigned a = _mm512_cmp_pd_mask(v, _mm512_load_pd(thresholds), _CMP_GT_OQ);
  unsigned b = _mm512_cmp_pd_mask(v, _mm512_load_pd(thresholds + 8), _CMP_GT_OQ);
  return _mm_popcnt_u32(a | b << 8);
}

INLINE double terms(double sum, const double *coefficient, const int32_t *at, int count,
                    const double *row) {
  for (int k = 0; k < count; k++) {
    double term = coefficient[k] * row[at[k]];
    sum += term;
  }
  return sum;
}

INLINE double value(const struct forest *forest, const double *record, int width,
                    const double *row) {
  const double *f = record + 1;
  const int32_t *at = forest_term_at(record, width);
  double sum = record[0];
  /* Written out for each width, so that a loop of few turns is none. */
  switch (width) {
  case 0:
    return sum;
  case 4:
    sum = terms(sum, f, at, 4, row);
    break;
  case 6:
    sum = terms(sum, f, at, 6, row);
    break;
  case 8:
    sum = terms(sum, f, at, 8, row);
    break;
  case 12:
    sum = terms(sum, f, at, 12, row);
    break;
  default:
    sum = terms(sum, f, at, 16, row);
  }
  int rest = at[width];
  return terms(sum, forest->rest_coefficient + rest, forest->rest_term_at + rest,
               at[width + 1] - rest, row);
}

/* The leaf of a row in a tree. */
INLINE int find_leaf(const struct forest_splits *splits, int most, __m512i low_ranks,
                     __m512i high_ranks, int is_small) {
  __m512i column = _mm512_load_si512(splits->column);
  __m512i ranks = is_small ? _mm512_permutexvar_epi8(column, low_ranks)
                           : _mm512_permutex2var_epi8(low_ranks, column, high_ranks);
  __mmask64 right = _mm512_cmpge_epu8_mask(ranks, _mm512_load_si512(splits->from));
  __m512i a = _mm512_set1_epi64(-1);
  __m512i b = a;
  for (int k = 0; k < most; k += 16) {
    a = _mm512_mask_and_epi64(a, (__mmask8)(right >> k), a, _mm512_load_si512(splits->keep + k));
    b = _mm512_mask_and_epi64(b, (__mmask8)(right >> (k + 8)), b,
                              _mm512_load_si512(splits->keep + k + 8));
  }
  return (int)_tzcnt_u64((uint64_t)_mm512_reduce_and_epi64(_mm512_and_si512(a, b)));
}

/* Finds the leaves of rows in a tree. */
INLINE void find_records(const struct forest_tree *tree, int most, int is_small,
                         const uint8_t ranks[][FOREST_MOST_COLUMNS], int rows,
                         const double **record) {
  for (int r = 0; r < rows; r++) {
    __m512i low = _mm512_load_si512(ranks[r]);
    __m512i high = _mm512_load_si512(ranks[r] + 64);
    record[r] =
        tree->record + find_leaf(tree->split, most, low, high, is_small) * tree->record_size;
    __builtin_prefetch(record[r]);
    __builtin_prefetch(record[r] + 8);
  }
}

INLINE void add_trees(const struct forest *forest, const double *columns, int is_small,
                      const uint8_t ranks[][FOREST_MOST_COLUMNS], int rows, double *scores) {
  const double *record[AHEAD];
  int together = AHEAD / rows;
  for (int first = 0; first < forest->trees; first += together) {
    int trees = forest->trees - first < together ? forest->trees - first : together;
    const struct forest_tree *tree = &forest->tree[first];
    for (int t = 0; t < trees; t++) {
      if (tree[t].splits <= 32) {
        find_records(&tree[t], 32, is_small, ranks, rows, record + t * rows);
      } else {
        find_records(&tree[t], 64, is_small, ranks, rows, record + t * rows);
      }
    }
    for (int t = 0; t < trees; t++) {
      for (int r = 0; r < rows; r++) {
        scores[r] += value(forest, record[t * rows + r], tree[t].width, columns + r);
      }
    }
  }
}

VECTORS void forest_row_scores(const struct forest *forest, const double *columns, int rows,
                               double *scores) {
  uint8_t ranks[FOREST_BLOCK_FROM][FOREST_MOST_COLUMNS] __attribute__((aligned(64)));
  for (int c = 0; c < forest->columns; c++) {
    const struct forest_column *column = &forest->column[c];
    for (int r = 0; r < rows; r++) {
      __m512d v = _mm512_set1_pd(columns[column->at + r]);
      /* Blocks of 8 lie two by two. */
      int block = below(column->coarse, v) >> (column->size == 8);
      ranks[r][c] = (uint8_t)(16 * block + below(column->threshold + 16 * block, v));
    }
  }
  for (int r = 0; r < rows; r++) {
    scores[r] = 0;
  }
  int is_small = forest->columns <= 64;
  if (is_small && rows == 1) {
    add_trees(forest, columns, 1, ranks, 1, scores);
  } else if (is_small) {
    add_trees(forest, columns, 1, ranks, rows, scores);
  } else {
    add_trees(forest, columns, 0, ranks, rows, scores);
  }
}
