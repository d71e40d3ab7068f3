package logyard.core.router;

import java.util.Locale;

/** Why a drain never gets an event that it wanted. */
public enum DropReason {
    /** It left the journal, to make room, before the drain got to it. */
    EVICTED("evicted from the journal"),
    /** It was damaged in the journal. */
    DAMAGED("damaged in the journal"),
    /** It could not be put into the drain's format. */
    UNFORMATTABLE("not of the form that the format needs"),
    /** It is longer than the target takes. */
    TOO_LARGE("larger than the target takes"),
    /** A single event that came while the journal could not be written. */
    UNSTORED("not stored in the journal");

    private final String text;

    DropReason(String text) {
        this.text = text;
    }

    /** What became of the events, to be read by people after their number. */
    public String text() {
        return text;
    }

    /** As in files and in the tree, such as {@code too_large}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
