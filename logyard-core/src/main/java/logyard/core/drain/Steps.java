package logyard.core.drain;

/** Is told what happens on the way to a target, one step after the other. Any thread. */
public interface Steps {
    /** Nobody is interested. */
    Steps UNSEEN = new Steps() {
        @Override
        public void begins(String step, String remedy) {}

        @Override
        public void done(String result) {}
    };

    /**
     * A step begins.
     *
     * @param step what is done, in a word, such as {@code connect}
     * @param remedy what the operator may look at if it fails
     */
    void begins(String step, String remedy);

    /** The step that began last succeeded. */
    void done(String result);
}
