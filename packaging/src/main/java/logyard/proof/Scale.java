package logyard.proof;

/** How much of a run is done. */
public enum Scale {
    /** A few seconds each, for the tests of every build. */
    SHORT,
    /** What is told of in the scorecard. */
    LONG;

    /** One number for each scale. */
    public int of(int shortForm, int longForm) {
        return this == SHORT ? shortForm : longForm;
    }
}
