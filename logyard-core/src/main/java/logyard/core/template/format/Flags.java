package logyard.core.template.format;

/** What stands between {@code %} and the verb. Changes while a format is read. */
final class Flags {
    /** Go refuses to pad further than this. */
    static final int LARGEST_WIDTH = 1_000_000;

    static final int ABSENT = -1;

    boolean plus;
    boolean minus;
    boolean sharp;
    boolean space;
    boolean zero;

    /** {@code %#v}: values as they would be written in Go. */
    boolean goSyntax;

    /** The least number of characters, or {@link #ABSENT}. */
    int width = ABSENT;

    /** The number behind the point, or {@link #ABSENT}. */
    int precision = ABSENT;

    void clear() {
        plus = false;
        minus = false;
        sharp = false;
        space = false;
        zero = false;
        goSyntax = false;
        width = ABSENT;
        precision = ABSENT;
    }

    /** Takes one flag character; false if it is none. */
    boolean take(char c) {
        switch (c) {
            case '#' -> sharp = true;
            case '0' -> zero = !minus;
            case '+' -> plus = true;
            case '-' -> leftAlign();
            case ' ' -> space = true;
            default -> {
                return false;
            }
        }
        return true;
    }

    /** A width taken from an argument; a negative one means left-aligned. */
    void takeWidth(int given) {
        if (given < 0) {
            leftAlign();
        }
        width = Math.abs(given);
    }

    /** With {@code %v}, sharp and plus ask for another syntax instead of their usual work. */
    void turnToGoSyntax() {
        goSyntax = sharp;
        sharp = false;
        plus = false;
    }

    private void leftAlign() {
        minus = true;
        zero = false;
    }
}
