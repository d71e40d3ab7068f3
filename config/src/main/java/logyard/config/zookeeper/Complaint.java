package logyard.config.zookeeper;

import logyard.config.ConfigUnavailableException;
import org.apache.zookeeper.KeeperException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the operator of something that fails again and again: once, until it is over. Of a lost connection the {@link
 * Connection} tells itself. Not thread-safe.
 */
final class Complaint {
    private static final Logger log = LoggerFactory.getLogger(Complaint.class);

    private boolean isMade;

    /** It failed. */
    void about(ConfigUnavailableException e) {
        boolean isOfConnection = e.getCause() instanceof KeeperException.ConnectionLossException
                || e.getCause() instanceof KeeperException.SessionExpiredException
                || e.getCause() instanceof InterruptedException;
        if (isMade || isOfConnection) {
            log.debug("{}", e.getMessage(), e);
        } else {
            log.warn("{}, trying again", e.getMessage());
            isMade = true;
        }
    }

    /** It went well. */
    void isOver() {
        isMade = false;
    }
}
