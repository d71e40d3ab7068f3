package logyard.core.template.node;

/** An action cannot be executed on this record. */
public final class ActionException extends RuntimeException {
    private final transient Place place;

    ActionException(Place place, String message) {
        super(message, null, false, false);
        this.place = place;
    }

    public Place place() {
        return place;
    }
}
