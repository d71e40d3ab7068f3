/**
 * The message bus of one node, and the one package that knows ZeroMQ.
 *
 * <p>Programs that publish use {@link logyard.core.bus.AckedPublisher}, programs that read use {@link
 * logyard.core.bus.Subscription}; the core takes everything in through {@link logyard.core.bus.Ingest}. Each socket is
 * made, used and closed by one thread.
 */
@NullMarked
package logyard.core.bus;

import org.jspecify.annotations.NullMarked;
