package logyard.apptail.docker;

import logyard.core.bus.WarningLimit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once that Docker's daemon cannot be used, and that it can again. One thread. */
final class Complaints {
    private static final Logger log = LoggerFactory.getLogger(Complaints.class);

    private final String address;
    private final WarningLimit limit = new WarningLimit(System::nanoTime);
    private boolean said;

    Complaints(String address) {
        this.address = address;
    }

    /** It cannot be used, or not for this. */
    void trouble(String what, String why) {
        if (!said && limit.isDue()) {
            said = true;
            log.warn("Cannot {} of Docker at {}, trying again every second: {}", what, address, why);
        } else {
            log.debug("Cannot {} of Docker: {}", what, why);
        }
    }

    /** It has answered as it should. */
    void fine() {
        if (said) {
            said = false;
            log.info("Docker at {} answers again", address);
        }
    }
}
