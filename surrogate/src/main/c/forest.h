/*
 * Trees of a LightGBM model, laid out for the 512-bit vectors of x86-64. Scores have the bits of
 * the Java class Forest: sums are made term by term and tree by tree in its order, nothing is
 * fused.
 */
#ifndef UNDERSTUDY_FOREST_H
#define UNDERSTUDY_FOREST_H

#include <stdint.h>

enum {
  FOREST_ROWS = 512,         /* most rows of a block */
  FOREST_BLOCK_FROM = 32,    /* rows from which on blocks are faster than single rows */
  FOREST_LEAVES = 64,        /* most leaves of a tree */
  FOREST_RANKS = 256,        /* ranks of a column: it has one threshold less */
  FOREST_MOST_COLUMNS = 128, /* whose ranks lie in two vectors */
  FOREST_MOST_TERMS = 64,    /* of a leaf */
};

/* What to build from; see ForestKernel. Splits and leaves of all trees, one tree after the other.
 */
struct forest_source {
  int32_t trees;
  int32_t stride; /* values from one feature column to the next */
  int32_t features;
  const int32_t *feature_column; /* of each feature: its column */
  const int32_t *splits;         /* number of each tree's */
  const int32_t
      *parent; /* of each split: its node; the splits' children are nodes 1 and 2, 3 and 4, ... */
  const int32_t *column;     /* of each split: its feature column */
  const double *threshold;   /* of each split: the largest value that goes left */
  const int32_t *width;      /* first terms of each leaf of a tree: 0, 4, 6, 8, 12 or 16 */
  const double *constant;    /* of each leaf, from left to right */
  const int32_t *rest_at;    /* of each leaf: its first term beyond; one more at the end */
  const double *coefficient; /* of each first term */
  const int32_t *term_at;    /* of each first term: where its column starts */
  const double *rest_coefficient;
  const int32_t *rest_term_at;
};

/* A feature column and up to 255 of its thresholds; a column with more of them is there several
 * times. */
struct forest_column {
  int32_t at; /* where it starts */
  int32_t count;
  /* Ascending, then infinities. */
  double threshold[FOREST_RANKS] __attribute__((aligned(64)));
  /* The thresholds lie in blocks of 8 or 16, as many as they are long. */
  int32_t size;
  /* The last threshold of each block. */
  double coarse[16] __attribute__((aligned(64)));
  /* fine[size * i + b] is the i-th threshold of block b. */
  double fine[FOREST_RANKS] __attribute__((aligned(64)));
};

/* A tree's splits, breadth first; those that are not there strike out nothing. */
struct forest_splits {
  uint8_t
      parent[FOREST_LEAVES]; /* the split's node; its children are nodes 1 and 2, 3 and 4, ... */
  uint8_t column[FOREST_LEAVES] __attribute__((aligned(64))); /* of the forest's */
  uint8_t from[FOREST_LEAVES];                                /* the lowest rank that goes right */
  uint64_t keep[FOREST_LEAVES]; /* the leaves that a row going right may reach */
};

struct forest_tree {
  int32_t splits;
  int32_t leaves;
  int32_t width;
  const struct forest_splits *split;
  const uint8_t *leaf_node; /* node of each of 64 leaves; those that are not there have a node that
                               no row reaches */
  /* The constants by leaf, then each term column's coefficients by leaf: 0 where a leaf has no such
   * term. */
  const double *table;
  int32_t terms; /* number of term columns */
  const int32_t *term_at;
  /* For single rows: its leaves' records, so many doubles each. */
  const double *record;
  int32_t record_size;
};

struct forest {
  int32_t trees;
  int32_t columns;
  struct forest_column *column;
  struct forest_tree *tree;
  /* What leaves have beyond their tree's first terms. */
  double *rest_coefficient;
  int32_t *rest_term_at;
};

/*
 * A leaf's record: its constant, its first terms' coefficients, where their columns start as whole
 * numbers of 32 bits, then likewise where its rest starts and ends.
 */
static inline const int32_t *forest_term_at(const double *record, int width) {
  // cppcheck-suppress invalidPointerCast ; whole numbers were stored there, and nothing else reads
  // them
  return (const int32_t *)(record + 1 + width);
}

/* Whether this machine has the vectors that scoring takes. */
int forest_is_supported(void);

/* NULL where a tree is too large, terms of a tree have no order in common, or memory is short. */
struct forest *forest_build(const struct forest_source *source);

void forest_free(struct forest *forest);

/*
 * The raw scores of rows. A row with a value that is not finite gets a score that means nothing.
 *
 * columns: the feature columns, the first row's values first
 */
void forest_scores(const struct forest *forest, const double *columns, int rows, double *scores);

/* The same of up to FOREST_ROWS rows, split by split: faster for many. */
void forest_block_scores(const struct forest *forest, const double *columns, int rows,
                         double *scores);

/* The same of fewer than FOREST_BLOCK_FROM rows, row by row: faster for few. */
void forest_row_scores(const struct forest *forest, const double *columns, int rows,
                       double *scores);

#endif
