package logyard.core.router;

import java.util.List;

/**
 * What the router knows of a key.
 *
 * @param stream where its events are counted
 * @param wanting the drains that want them
 */
record KeyRoute(StreamCounters.Counter stream, List<DrainFeed> wanting) {}
