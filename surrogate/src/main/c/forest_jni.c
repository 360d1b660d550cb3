/* The Java class NativeForest. */
#include <jni.h>
#include <stddef.h>

#include "forest.h"

#define METHOD(name) Java_io_understudy_surrogate_forest_NativeForest_##name

JNIEXPORT jboolean JNICALL METHOD(isSupported)(JNIEnv *env, jclass self) {
  (void)env;
  (void)self;
  return forest_is_supported() ? JNI_TRUE : JNI_FALSE;
}

/* The arrays that Java has handed over, to be given back. */
struct loans {
  JNIEnv *env;
  jarray array[16];
  void *at[16];
  int count;
};

static const void *lend(struct loans *loans, jarray array) {
  void *at = (*loans->env)->GetPrimitiveArrayCritical(loans->env, array, NULL);
  loans->array[loans->count] = array;
  loans->at[loans->count++] = at;
  return at;
}

static void give_back(struct loans *loans) {
  while (loans->count > 0) {
    loans->count--;
    if (loans->at[loans->count] != NULL) {
      (*loans->env)
          ->ReleasePrimitiveArrayCritical(loans->env, loans->array[loans->count],
                                          loans->at[loans->count], JNI_ABORT);
    }
  }
}

JNIEXPORT jlong JNICALL METHOD(build)(JNIEnv *env, jclass self, jint stride,
                                      jintArray feature_column, jintArray splits, jintArray parent,
                                      jintArray column, jdoubleArray threshold, jintArray width,
                                      jdoubleArray constant, jintArray rest_at,
                                      jdoubleArray coefficient, jintArray term_at,
                                      jdoubleArray rest_coefficient, jintArray rest_term_at) {
  (void)self;
  struct loans loans = {.env = env};
  struct forest_source source = {.trees = (*env)->GetArrayLength(env, splits), .stride = stride};
  source.features = (*env)->GetArrayLength(env, feature_column);
  source.feature_column = lend(&loans, feature_column);
  source.splits = lend(&loans, splits);
  source.parent = lend(&loans, parent);
  source.column = lend(&loans, column);
  source.threshold = lend(&loans, threshold);
  source.width = lend(&loans, width);
  source.constant = lend(&loans, constant);
  source.rest_at = lend(&loans, rest_at);
  source.coefficient = lend(&loans, coefficient);
  source.term_at = lend(&loans, term_at);
  source.rest_coefficient = lend(&loans, rest_coefficient);
  source.rest_term_at = lend(&loans, rest_term_at);
  int lent = 1;
  for (int k = 0; k < loans.count; k++) {
    lent &= loans.at[k] != NULL;
  }
  struct forest *forest = lent ? forest_build(&source) : NULL;
  give_back(&loans);
  return (jlong)(intptr_t)forest;
}

JNIEXPORT void JNICALL METHOD(free)(JNIEnv *env, jclass self, jlong forest) {
  (void)env;
  (void)self;
  forest_free((struct forest *)(intptr_t)forest);
}

JNIEXPORT jboolean JNICALL METHOD(scores)(JNIEnv *env, jclass self, jlong forest,
                                          jdoubleArray columns, jint first, jint rows,
                                          jdoubleArray scores) {
  (void)self;
  double *from = (*env)->GetPrimitiveArrayCritical(env, columns, NULL);
  if (from == NULL) {
    return JNI_FALSE;
  }
  double *to = (*env)->GetPrimitiveArrayCritical(env, scores, NULL);
  if (to != NULL) {
    forest_scores((const struct forest *)(intptr_t)forest, from + first, rows, to);
    (*env)->ReleasePrimitiveArrayCritical(env, scores, to, 0);
  }
  (*env)->ReleasePrimitiveArrayCritical(env, columns, from, JNI_ABORT);
  return to != NULL ? JNI_TRUE : JNI_FALSE;
}
