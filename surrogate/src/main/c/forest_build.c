/* Lays out the trees as forest.h describes them. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "forest.h"

enum { NODES = 2 * FOREST_LEAVES - 1 };

/* Room whose rows of 64 bytes are whole vectors; zeroed. */
static void *room(size_t bytes) {
  size_t whole = (bytes + 63) / 64 * 64 + 64;
  void *at = aligned_alloc(64, whole);
  if (at != NULL) {
    memset(at, 0, whole);
  }
  return at;
}

static void *copy(const void *from, size_t bytes) {
  void *at = room(bytes);
  if (at != NULL && bytes > 0) {
    memcpy(at, from, bytes);
  }
  return at;
}

static int compare_doubles(const void *a, const void *b) {
  double x = *(const double *)a;
  double y = *(const double *)b;
  return (x > y) - (x < y);
}

static int compare_ints(const void *a, const void *b) {
  int32_t x = *(const int32_t *)a;
  int32_t y = *(const int32_t *)b;
  return (x > y) - (x < y);
}

static void fill_column(struct forest_column *column, int32_t at, const double *thresholds,
                        int count) {
  column->at = at;
  column->count = count;
  column->size = count < 64 ? 8 : 16;
  int size = column->size;
  for (int i = 0; i < 16; i++) {
    column->coarse[i] = INFINITY;
  }
  for (int i = 0; i < FOREST_RANKS; i++) {
    column->threshold[i] = i < count ? thresholds[i] : INFINITY;
  }
  for (int i = 0; i < size * size; i++) {
    column->fine[i % size * size + i / size] = column->threshold[i];
    if (i % size == size - 1) {
      column->coarse[i / size] = column->threshold[i];
    }
  }
}

/* A feature column's distinct thresholds in ascending order; returns their number. */
static int thresholds_of(const struct forest_source *source, int32_t feature, int splits,
                         double *thresholds) {
  int count = 0;
  for (int s = 0; s < splits; s++) {
    if (source->column[s] == feature) {
      thresholds[count++] = source->threshold[s];
    }
  }
  qsort(thresholds, (size_t)count, sizeof *thresholds, compare_doubles);
  int distinct = 0;
  for (int i = 0; i < count; i++) {
    if (i == 0 || thresholds[i] != thresholds[distinct - 1]) {
      thresholds[distinct++] = thresholds[i];
    }
  }
  return distinct;
}

/* The columns with their thresholds; returns 0 where there are too many or memory is short. */
static int add_columns(struct forest *forest, const struct forest_source *source, int splits) {
  int32_t *features = copy(source->column, (size_t)splits * sizeof *features);
  double *thresholds = room((size_t)splits * sizeof *thresholds);
  forest->column = room(FOREST_MOST_COLUMNS * sizeof *forest->column);
  int fits = features != NULL && thresholds != NULL && forest->column != NULL;
  if (fits) {
    qsort(features, (size_t)splits, sizeof *features, compare_ints);
  }
  for (int s = 0; fits && s < splits; s++) {
    if (s > 0 && features[s] == features[s - 1]) {
      continue;
    }
    int count = thresholds_of(source, features[s], splits, thresholds);
    for (int from = 0; fits && from < count; from += FOREST_RANKS - 1) {
      int part = count - from < FOREST_RANKS - 1 ? count - from : FOREST_RANKS - 1;
      fits = forest->columns < FOREST_MOST_COLUMNS;
      if (fits) {
        fill_column(&forest->column[forest->columns++], features[s] * source->stride,
                    thresholds + from, part);
      }
    }
  }
  free(features);
  free(thresholds);
  return fits;
}

/* Names a split's column and rank. */
static void set_split(const struct forest *forest, struct forest_splits *splits, int k, int32_t at,
                      double threshold) {
  for (int c = 0; c < forest->columns; c++) {
    const struct forest_column *column = &forest->column[c];
    if (column->at == at && threshold >= column->threshold[0] &&
        threshold <= column->threshold[column->count - 1]) {
      const double *found = bsearch(&threshold, column->threshold, (size_t)column->count,
                                    sizeof threshold, compare_doubles);
      splits->column[k] = (uint8_t)c;
      splits->from[k] = (uint8_t)(found - column->threshold + 1);
      return;
    }
  }
}

/* Of each node of a tree: the leaves at and below it, and the leftmost of them. */
struct span {
  int leaves[NODES];
  int first[NODES];
};

static void measure(const struct forest_tree *tree, struct span *span) {
  for (int node = 0; node <= 2 * tree->splits; node++) {
    span->leaves[node] = 1;
  }
  for (int k = tree->splits - 1; k >= 0; k--) {
    span->leaves[tree->split->parent[k]] = span->leaves[2 * k + 1] + span->leaves[2 * k + 2];
  }
  span->first[0] = 0;
  for (int k = 0; k < tree->splits; k++) {
    span->first[2 * k + 1] = span->first[tree->split->parent[k]];
    span->first[2 * k + 2] = span->first[2 * k + 1] + span->leaves[2 * k + 1];
  }
}

static uint8_t *leaf_nodes(const struct forest_tree *tree, const struct span *span) {
  uint8_t *nodes = room(FOREST_LEAVES);
  if (nodes != NULL) {
    memset(nodes, NODES, FOREST_LEAVES);
    for (int node = 0; node <= 2 * tree->splits; node++) {
      if (span->leaves[node] == 1) {
        nodes[span->first[node]] = (uint8_t)node;
      }
    }
  }
  return nodes;
}

/* Where a tree's splits, leaves and first terms start in the source. */
struct place {
  int split;
  int leaf;
  int term;
};

/* Terms of a leaf, the first ones and the rest, without those of nothing. */
struct terms {
  int count;
  double coefficient[FOREST_MOST_TERMS];
  int32_t feature[FOREST_MOST_TERMS];
};

/* The feature whose column starts there. */
static int32_t feature_at(const struct forest_source *source, int32_t at) {
  int32_t f = 0;
  while (f < source->features && source->feature_column[f] * source->stride != at) {
    f++;
  }
  return f;
}

/* Returns 0 where there are too many. */
static int collect_terms(const struct forest_source *source, int width, struct place place,
                         int leaf, struct terms *terms) {
  int first = place.term + leaf * width;
  int rest = source->rest_at[place.leaf + leaf];
  int rests = source->rest_at[place.leaf + leaf + 1] - rest;
  terms->count = 0;
  for (int k = 0; k < width + rests; k++) {
    int own = k < width;
    double coefficient =
        own ? source->coefficient[first + k] : source->rest_coefficient[rest + k - width];
    if (coefficient == 0) {
      continue;
    }
    if (terms->count == FOREST_MOST_TERMS) {
      return 0;
    }
    int32_t at = own ? source->term_at[first + k] : source->rest_term_at[rest + k - width];
    terms->coefficient[terms->count] = coefficient;
    terms->feature[terms->count++] = feature_at(source, at);
  }
  return 1;
}

/*
 * Marks the features that a tree's terms have. Every leaf's terms must be in the features' order,
 * each once: then the terms of nothing between them change no bit of a finite row's sum. Returns 0
 * where they are not.
 */
static int mark_terms(const struct forest_source *source, const struct forest_tree *tree,
                      struct place place, uint8_t *has) {
  for (int leaf = 0; leaf < tree->leaves; leaf++) {
    struct terms terms;
    if (!collect_terms(source, tree->width, place, leaf, &terms)) {
      return 0;
    }
    for (int k = 0; k < terms.count; k++) {
      if (k > 0 && terms.feature[k] <= terms.feature[k - 1]) {
        return 0;
      }
      has[terms.feature[k]] = 1;
    }
  }
  return 1;
}

/* A tree's table; has: its terms' features, which become the places of their coefficients. */
static int fill_table(const struct forest_source *source, struct forest_tree *tree,
                      struct place place, const uint8_t *has) {
  size_t features = (size_t)source->features + 1;
  int32_t *columns = room(features * sizeof *columns);
  tree->term_at = columns;
  int32_t *term_of = room(features * sizeof *term_of);
  if (columns == NULL || term_of == NULL) {
    free(term_of);
    return 0;
  }
  for (int f = 0; f < source->features; f++) {
    if (has[f]) {
      columns[tree->terms] = source->feature_column[f] * source->stride;
      term_of[f] = tree->terms++;
    }
  }
  size_t entries = tree->leaves <= 16 ? 16 : tree->leaves <= 32 ? 32 : 64;
  double *table = room((size_t)(tree->terms + 1) * entries * sizeof *table);
  tree->table = table;
  for (int leaf = 0; table != NULL && leaf < tree->leaves; leaf++) {
    struct terms terms;
    collect_terms(source, tree->width, place, leaf, &terms);
    table[leaf] = source->constant[place.leaf + leaf];
    for (int k = 0; k < terms.count; k++) {
      table[(size_t)(1 + term_of[terms.feature[k]]) * entries + (size_t)leaf] =
          terms.coefficient[k];
    }
  }
  free(term_of);
  return table != NULL;
}

static int add_table(const struct forest_source *source, struct forest_tree *tree,
                     struct place place) {
  uint8_t *has = room((size_t)source->features + 1);
  int done =
      has != NULL && mark_terms(source, tree, place, has) && fill_table(source, tree, place, has);
  free(has);
  return done;
}

static int add_records(const struct forest_source *source, struct forest_tree *tree,
                       struct place place) {
  int width = tree->width;
  /* Whole lines of the processor's cache, but for leaves that are constants. */
  tree->record_size = width == 0 ? 1 : (1 + width + width / 2 + 1 + 7) / 8 * 8;
  double *records = room((size_t)tree->leaves * (size_t)tree->record_size * sizeof *records);
  tree->record = records;
  for (int leaf = 0; records != NULL && leaf < tree->leaves; leaf++) {
    double *record = records + leaf * tree->record_size;
    record[0] = source->constant[place.leaf + leaf];
    if (width > 0) {
      int first = place.term + leaf * width;
      memcpy(record + 1, source->coefficient + first, (size_t)width * sizeof *record);
      int32_t *at = (int32_t *)forest_term_at(record, width);
      memcpy(at, source->term_at + first, (size_t)width * sizeof *at);
      at[width] = source->rest_at[place.leaf + leaf];
      at[width + 1] = source->rest_at[place.leaf + leaf + 1];
    }
  }
  return records != NULL;
}

static int add_tree(struct forest *forest, const struct forest_source *source, int t,
                    struct place place) {
  struct forest_tree *tree = &forest->tree[t];
  tree->splits = source->splits[t];
  tree->leaves = tree->splits + 1;
  tree->width = source->width[t];
  struct forest_splits *splits = room(sizeof *splits);
  tree->split = splits;
  if (splits == NULL) {
    return 0;
  }
  for (int k = 0; k < tree->splits; k++) {
    int s = place.split + k;
    splits->parent[k] = (uint8_t)source->parent[s];
    set_split(forest, splits, k, source->column[s] * source->stride, source->threshold[s]);
  }
  struct span span;
  measure(tree, &span);
  memset(splits->keep, 0xff, sizeof splits->keep);
  for (int k = 0; k < tree->splits; k++) {
    int left = 2 * k + 1;
    splits->keep[k] = ~((~UINT64_C(0) >> (64 - span.leaves[left])) << span.first[left]);
  }
  tree->leaf_node = leaf_nodes(tree, &span);
  return tree->leaf_node != NULL && add_table(source, tree, place) &&
         add_records(source, tree, place);
}

static int copy_rests(struct forest *forest, const struct forest_source *source, int leaves) {
  size_t rests = (size_t)source->rest_at[leaves];
  forest->rest_coefficient =
      copy(source->rest_coefficient, rests * sizeof *forest->rest_coefficient);
  forest->rest_term_at = copy(source->rest_term_at, rests * sizeof *forest->rest_term_at);
  return forest->rest_coefficient != NULL && forest->rest_term_at != NULL;
}

struct forest *forest_build(const struct forest_source *source) {
  struct forest *forest = room(sizeof *forest);
  if (forest == NULL) {
    return NULL;
  }
  int splits = 0;
  int fits = 1;
  for (int t = 0; t < source->trees; t++) {
    splits += source->splits[t];
    fits &= source->splits[t] < FOREST_LEAVES;
  }
  forest->tree = room((size_t)source->trees * sizeof *forest->tree);
  fits = fits && forest->tree != NULL && copy_rests(forest, source, splits + source->trees) &&
         add_columns(forest, source, splits);
  struct place place = {0, 0, 0};
  for (int t = 0; fits && t < source->trees; t++) {
    forest->trees = t + 1;
    fits = add_tree(forest, source, t, place);
    place.split += source->splits[t];
    place.leaf += source->splits[t] + 1;
    place.term += source->width[t] * (source->splits[t] + 1);
  }
  if (!fits) {
    forest_free(forest);
    return NULL;
  }
  return forest;
}

void forest_free(struct forest *forest) {
  for (int t = 0; t < forest->trees; t++) {
    free((void *)forest->tree[t].split);
    free((void *)forest->tree[t].leaf_node);
    free((void *)forest->tree[t].table);
    free((void *)forest->tree[t].term_at);
    free((void *)forest->tree[t].record);
  }
  free(forest->tree);
  free(forest->column);
  free(forest->rest_coefficient);
  free(forest->rest_term_at);
  free(forest);
}
