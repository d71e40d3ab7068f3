package logyard.core.bus;

import java.util.Optional;
import logyard.core.event.BatchFrame;

/**
 * What a named subscriber gets at once.
 *
 * @param session of the client, in which {@code number} counts
 * @param journal names the journal that the positions in the batch are of: in one journal, each position is that of one
 *     event for ever
 * @param missed what is lost between the delivery before and this one
 * @param batch empty if there is nothing but {@code missed}
 */
public record Delivery(String session, long number, String journal, Missed missed, Optional<BatchFrame> batch) {}
