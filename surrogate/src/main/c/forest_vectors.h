/* What functions that use the machine's vectors are marked with: the rest runs on any x86-64. */
#ifndef UNDERSTUDY_FOREST_VECTORS_H
#define UNDERSTUDY_FOREST_VECTORS_H

#define VECTORS __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vbmi,bmi,popcnt")))
#define INLINE static inline __attribute__((always_inline)) VECTORS

#endif
