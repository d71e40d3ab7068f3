package logyard.core.tail.file;

/** How much of a directory is looked at, so that a huge one does not hold up everybody else. One listing. */
public final class ListingBudget {
    private final int mostNames;
    private int left;
    private int othersLeft;
    private int names;
    private boolean isWhole = true;

    /**
     * A new one.
     *
     * @param mostFiles how many files that matter are looked at, and as many others
     * @param mostNames how many names are read at all
     */
    public ListingBudget(int mostFiles, int mostNames) {
        this.mostNames = mostNames;
        this.left = mostFiles;
        this.othersLeft = mostFiles;
    }

    /** Whether another name may be read; if not, those that matter may be missing. */
    public boolean hasNames() {
        names++;
        isWhole &= names <= mostNames;
        return names <= mostNames;
    }

    /** Whether the file with the name that was read is looked at. */
    public boolean allows(boolean matters) {
        if (!matters) {
            return othersLeft-- > 0;
        }
        isWhole &= left > 0;
        return left-- > 0;
    }

    /** Whether every file that matters was looked at. */
    public boolean isWhole() {
        return isWhole;
    }
}
