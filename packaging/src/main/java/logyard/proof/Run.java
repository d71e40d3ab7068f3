package logyard.proof;

/** One kind of faults, and what must hold in spite of them. */
public interface Run {
    /** As on the command line, such as {@code kill-core}. */
    String name();

    /** What happens in it, in a sentence. */
    String what();

    /** What must hold, in a sentence. */
    String promise();

    /** Whether only root can make it: it has a disk of its own. */
    default boolean needsRoot() {
        return false;
    }

    /**
     * Makes the run.
     *
     * @throws Exception if it could not be made, which is a failure, too
     */
    Scorecard on(Lab lab) throws Exception;
}
