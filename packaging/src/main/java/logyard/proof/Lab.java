package logyard.proof;

import java.nio.file.Path;
import java.util.Random;

/**
 * Where runs are made.
 *
 * @param distribution the folder of the distribution
 * @param work where each run has a folder of its own
 * @param zooKeeper that all runs share, each in a tree of its own
 * @param random decides when faults happen
 * @param percent how much of the long form is made
 */
public record Lab(Path distribution, Path work, String zooKeeper, Random random, Scale scale, int percent) {
    /** How often something is done, in the short form and in the whole long one. */
    public int times(int shortForm, int longForm) {
        return scale == Scale.SHORT ? shortForm : Math.max(shortForm, longForm * percent / 100);
    }
}
