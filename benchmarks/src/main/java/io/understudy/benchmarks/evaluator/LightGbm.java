package io.understudy.benchmarks.evaluator;

import com.microsoft.ml.lightgbm.PredictionType;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_double;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_long_long;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_p_void;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_void;
import com.microsoft.ml.lightgbm.lightgbmlib;
import com.microsoft.ml.lightgbm.lightgbmlibConstants;
import io.github.metarank.lightgbm4j.LGBMBooster;
import io.github.metarank.lightgbm4j.LGBMException;
import io.understudy.benchmarks.measure.BenchException;
import io.understudy.characterizer.train.NativeLibrary;

/**
 * A text model in LightGBM's own hands, one thread: lightgbm4j's calls, and beneath them the native
 * library's, without the copying that lightgbm4j adds.
 */
final class LightGbm implements AutoCloseable {
  private static final String ONE_THREAD = "num_threads=1";

  private final int width;
  private final LGBMBooster booster;
  private final SWIGTYPE_p_void model;
  private final SWIGTYPE_p_void fast;
  private final SWIGTYPE_p_long_long count;
  private final SWIGTYPE_p_double one;
  private SWIGTYPE_p_double rowsIn;
  private SWIGTYPE_p_double scoresOut;
  private int nativeRows;

  LightGbm(String text, int width) {
    NativeLibrary.load();
    this.width = width;
    this.count = lightgbmlib.new_int64_tp();
    this.one = lightgbmlib.new_doubleArray(1);
    try {
      this.booster = LGBMBooster.loadModelFromString(text);
    } catch (LGBMException e) {
      throw new BenchException("LightGBM: " + e.getMessage(), e);
    }
    SWIGTYPE_p_p_void handle = lightgbmlib.new_voidpp();
    check(lightgbmlib.LGBM_BoosterLoadModelFromString(text, lightgbmlib.new_intp(), handle));
    this.model = lightgbmlib.voidpp_value(handle);
    SWIGTYPE_p_p_void config = lightgbmlib.new_voidpp();
    check(
        lightgbmlib.LGBM_BoosterPredictForMatSingleRowFastInit(
            model,
            lightgbmlibConstants.C_API_PREDICT_RAW_SCORE,
            0,
            -1,
            lightgbmlibConstants.C_API_DTYPE_FLOAT64,
            width,
            ONE_THREAD,
            config));
    this.fast = lightgbmlib.voidpp_value(config);
  }

  private static void check(int status) {
    if (status != 0) {
      throw new BenchException("LightGBM: " + lightgbmlib.LGBM_GetLastError());
    }
  }

  /** lightgbm4j's batch call. */
  double[] batch(double[] rows, int n) {
    try {
      return booster.predictForMat(
          rows, n, width, true, PredictionType.C_API_PREDICT_RAW_SCORE, ONE_THREAD);
    } catch (LGBMException e) {
      throw new BenchException("LightGBM: " + e.getMessage(), e);
    }
  }

  /** lightgbm4j's SingleRow. */
  double single(double[] row) {
    try {
      return booster.predictForMatSingleRow(row, PredictionType.C_API_PREDICT_RAW_SCORE);
    } catch (LGBMException e) {
      throw new BenchException("LightGBM: " + e.getMessage(), e);
    }
  }

  /** The library's SingleRowFast on a Java array in place. */
  double singleFast(double[] row) {
    check(lightgbmlib.LGBM_BoosterPredictForMatSingleRowFastCriticalSWIG(row, fast, count, one));
    return lightgbmlib.doubleArray_getitem(one, 0);
  }

  /** Puts rows where the library's own batch call reads them. */
  void load(double[] rows, int n) {
    nativeRows = n;
    rowsIn = lightgbmlib.new_doubleArray((long) n * width);
    scoresOut = lightgbmlib.new_doubleArray(n);
    for (int k = 0; k < n * width; k++) {
      lightgbmlib.doubleArray_setitem(rowsIn, k, rows[k]);
    }
  }

  /** The library's batch call on the loaded rows. */
  double nativeBatch() {
    check(
        lightgbmlib.LGBM_BoosterPredictForMat(
            model,
            lightgbmlib.double_to_voidp_ptr(rowsIn),
            lightgbmlibConstants.C_API_DTYPE_FLOAT64,
            nativeRows,
            width,
            1,
            lightgbmlibConstants.C_API_PREDICT_RAW_SCORE,
            0,
            -1,
            ONE_THREAD,
            count,
            scoresOut));
    return lightgbmlib.doubleArray_getitem(scoresOut, nativeRows - 1);
  }

  @Override
  public void close() {
    lightgbmlib.LGBM_FastConfigFree(fast);
    lightgbmlib.LGBM_BoosterFree(model);
    try {
      booster.close();
    } catch (LGBMException e) {
      throw new BenchException("LightGBM: " + e.getMessage(), e);
    }
  }
}
