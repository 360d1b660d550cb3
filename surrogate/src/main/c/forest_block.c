/*
 * Many rows at a time. A column's values become ranks among its thresholds, a byte each; a split is
 * one comparison of bytes for 64 rows, whose result is a word of 64 bits; the rows that reach a
 * node are such words, too, and those of a leaf are the ones whose bits are left. So a tree of 63
 * splits takes two operations a split for 512 rows. The leaves' numbers are read from these words;
 * constants and coefficients come from tables by leaf that fit into registers.
 */
#include <immintrin.h>
#include <stddef.h>

#include "forest.h"
#include "forest_vectors.h"

enum { WORD = 64, WORDS = FOREST_ROWS / WORD, LANES = 8, TOGETHER = 4 };

INLINE __mmask8 lanes(int rows, int from) {
  int left = rows - from;
  return left >= LANES ? 0xff : (__mmask8)((1u << left) - 1);
}

/* Ranks of a column's values: how many of its thresholds are below. First the blocks of `size`,
 * then in one. */
INLINE void rank_by(const struct forest_column *column, int size, const double *values, int rows,
                    uint8_t *ranks) {
  const __m512i one = _mm512_set1_epi64(1);
  int pivots = column->count / size;
  for (int r = 0; r < rows; r += LANES) {
    __m512d v = _mm512_maskz_loadu_pd(lanes(rows, r), values + r);
    __m512i block = _mm512_setzero_si512();
    for (int j = 0; j < pivots; j++) {
      __mmask8 above = _mm512_cmp_pd_mask(v, _mm512_set1_pd(column->coarse[j]), _CMP_GT_OQ);
      block = _mm512_mask_add_epi64(block, above, block, one);
    }
    __m512i sum = size == 8 ? _mm512_slli_epi64(block, 3) : _mm512_slli_epi64(block, 4);
    for (int i = 0; i < size - 1; i++) {
      const double *fine = column->fine + size * i;
      __m512d limit =
          size == 8 ? _mm512_permutexvar_pd(block, _mm512_load_pd(fine))
                    : _mm512_permutex2var_pd(_mm512_load_pd(fine), block, _mm512_load_pd(fine + 8));
      sum = _mm512_mask_add_epi64(sum, _mm512_cmp_pd_mask(v, limit, _CMP_GT_OQ), sum, one);
    }
    _mm_storel_epi64((__m128i *)(ranks + r), _mm512_cvtepi64_epi8(sum));
  }
}

INLINE void rank(const struct forest_column *column, const double *values, int rows,
                 uint8_t *ranks) {
  if (column->size == 8) {
    rank_by(column, 8, values, rows, ranks);
  } else {
    rank_by(column, 16, values, rows, ranks);
  }
}

/* The leaf of each row in a tree. */
INLINE void find_leaves(const struct forest_tree *tree, const uint8_t ranks[][FOREST_ROWS],
                        int words, int bits, uint8_t *leaves) {
  uint64_t right[FOREST_LEAVES][WORDS] __attribute__((aligned(64)));
  __m512i reach[2 * FOREST_LEAVES];
  int splits = tree->splits;
  for (int k = 0; k < splits; k++) {
    __m512i from = _mm512_set1_epi8((char)tree->split->from[k]);
    const uint8_t *column = ranks[tree->split->column[k]];
    for (int w = 0; w < words; w++) {
      right[k][w] = _mm512_cmpge_epu8_mask(_mm512_load_si512(column + WORD * w), from);
    }
  }
  reach[0] = _mm512_set1_epi64(-1);
  reach[2 * FOREST_LEAVES - 1] = _mm512_setzero_si512();
  for (int k = 0; k < splits; k++) {
    __m512i rows = reach[tree->split->parent[k]];
    __m512i goes = _mm512_load_si512(right[k]);
    reach[2 * k + 1] = _mm512_andnot_si512(goes, rows);
    reach[2 * k + 2] = _mm512_and_si512(goes, rows);
  }
  uint64_t digit[6][WORDS] __attribute__((aligned(64)));
  for (int b = 0; b < bits; b++) {
    __m512i rows = _mm512_setzero_si512();
    for (int high = 0; high < 1 << bits; high += 2 << b) {
      for (int low = 0; low < 1 << b; low++) {
        rows = _mm512_or_si512(rows, reach[tree->leaf_node[high + (1 << b) + low]]);
      }
    }
    _mm512_store_si512(digit[b], rows);
  }
  for (int w = 0; w < words; w++) {
    __m512i leaf = _mm512_setzero_si512();
    for (int b = 0; b < bits; b++) {
      leaf = _mm512_mask_add_epi8(leaf, digit[b][w], leaf, _mm512_set1_epi8((char)(1 << b)));
    }
    _mm512_storeu_si512(leaves + WORD * w, leaf);
  }
}

struct place {
  __m512i leaf;
  __mmask8 third;
  __mmask8 upper;
};

/* The entries of a table of 16, 32 or 64 at eight places. */
INLINE __m512d look_up(const double *table, int bits, struct place place) {
  __m512d a = _mm512_permutex2var_pd(_mm512_load_pd(table), place.leaf, _mm512_load_pd(table + 8));
  if (bits > 4) {
    __m512d b =
        _mm512_permutex2var_pd(_mm512_load_pd(table + 16), place.leaf, _mm512_load_pd(table + 24));
    a = _mm512_mask_blend_pd(place.third, a, b);
  }
  if (bits > 5) {
    __m512d c =
        _mm512_permutex2var_pd(_mm512_load_pd(table + 32), place.leaf, _mm512_load_pd(table + 40));
    __m512d d =
        _mm512_permutex2var_pd(_mm512_load_pd(table + 48), place.leaf, _mm512_load_pd(table + 56));
    a = _mm512_mask_blend_pd(place.upper, a, _mm512_mask_blend_pd(place.third, c, d));
  }
  return a;
}

INLINE struct place place_of(const uint8_t *leaves) {
  struct place place;
  place.leaf = _mm512_cvtepu8_epi64(_mm_loadl_epi64((const __m128i *)leaves));
  place.third = _mm512_test_epi64_mask(place.leaf, _mm512_set1_epi64(16));
  place.upper = _mm512_test_epi64_mask(place.leaf, _mm512_set1_epi64(32));
  return place;
}

/* Adds a tree's values of some vectors of rows, so that a table is loaded once for them. */
INLINE void add_some(const struct forest_tree *tree, const double *columns, int vectors, int rows,
                     int bits, const uint8_t *leaves, double *scores) {
  struct place place[TOGETHER];
  __m512d sum[TOGETHER];
  __mmask8 last = lanes(rows, (vectors - 1) * LANES);
  const double *table = tree->table;
  for (int g = 0; g < vectors; g++) {
    place[g] = place_of(leaves + g * LANES);
    sum[g] = look_up(table, bits, place[g]);
  }
  for (int k = 0; k < tree->terms; k++) {
    table += 1 << bits;
    const double *column = columns + tree->term_at[k];
    for (int g = 0; g < vectors; g++) {
      __m512d x = g == vectors - 1 ? _mm512_maskz_loadu_pd(last, column + g * LANES)
                                   : _mm512_loadu_pd(column + g * LANES);
      sum[g] = _mm512_add_pd(sum[g], _mm512_mul_pd(look_up(table, bits, place[g]), x));
    }
  }
  for (int g = 0; g < vectors; g++) {
    double *to = scores + g * LANES;
    __mmask8 there = g == vectors - 1 ? last : 0xff;
    __m512d before = _mm512_maskz_loadu_pd(there, to);
    _mm512_mask_storeu_pd(to, there, _mm512_add_pd(before, sum[g]));
  }
}

INLINE void add_values(const struct forest_tree *tree, const double *columns, int rows, int bits,
                       const uint8_t *leaves, double *scores) {
  int r = 0;
  for (; rows - r > (TOGETHER - 1) * LANES; r += TOGETHER * LANES) {
    add_some(tree, columns + r, TOGETHER, rows - r, bits, leaves + r, scores + r);
  }
  for (; r < rows; r += LANES) {
    add_some(tree, columns + r, 1, rows - r, bits, leaves + r, scores + r);
  }
}

INLINE void add_tree(const struct forest_tree *tree, const double *columns,
                     const uint8_t ranks[][FOREST_ROWS], int rows, int bits, double *scores) {
  uint8_t leaves[FOREST_ROWS];
  find_leaves(tree, ranks, (rows + WORD - 1) / WORD, bits, leaves);
  add_values(tree, columns, rows, bits, leaves, scores);
}

VECTORS void forest_block_scores(const struct forest *forest, const double *columns, int rows,
                                 double *scores) {
  uint8_t ranks[FOREST_MOST_COLUMNS][FOREST_ROWS] __attribute__((aligned(64)));
  for (int c = 0; c < forest->columns; c++) {
    rank(&forest->column[c], columns + forest->column[c].at, rows, ranks[c]);
  }
  for (int r = 0; r < rows; r++) {
    scores[r] = 0;
  }
  for (int t = 0; t < forest->trees; t++) {
    const struct forest_tree *tree = &forest->tree[t];
    if (tree->leaves <= 16) {
      add_tree(tree, columns, ranks, rows, 4, scores);
    } else if (tree->leaves <= 32) {
      add_tree(tree, columns, ranks, rows, 5, scores);
    } else {
      add_tree(tree, columns, ranks, rows, 6, scores);
    }
  }
}
