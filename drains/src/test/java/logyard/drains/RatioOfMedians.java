package logyard.drains;

import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/**
 * How much larger a figure is with something than without it, and within what it lies in 95 of 100 cases, by the
 * bootstrap: the medians of many samples of the samples.
 */
record RatioOfMedians(double without, double with, double ratio, double low, double high) {
    private static final int RESAMPLINGS = 2000;
    private static final long SEED = 1;

    static RatioOfMedians of(double[] without, double[] with) {
        var random = new Random(SEED);
        double[] ratios = new double[RESAMPLINGS];
        for (int i = 0; i < RESAMPLINGS; i++) {
            ratios[i] = median(resampled(with, random)) / median(resampled(without, random));
        }
        Arrays.sort(ratios);
        return new RatioOfMedians(
                median(without),
                median(with),
                median(with) / median(without),
                ratios[RESAMPLINGS / 40],
                ratios[RESAMPLINGS - 1 - RESAMPLINGS / 40]);
    }

    private static double[] resampled(double[] values, Random random) {
        return random.ints(values.length, 0, values.length)
                .mapToDouble(i -> values[i])
                .toArray();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%.4g without, %.4g with; ratio %.3f (%.3f to %.3f)", without, with, ratio, low, high);
    }
}
