/**
 * Follows log files through everything that happens to them, and hands out their lines: start at {@link
 * logyard.core.tail.FileTailer}.
 *
 * <p>{@code FileTailer} is the thread, {@code Rounds} what it does, {@code FollowedPath} one path, {@code Succession} which
 * file that leads to, {@code StreamReader} and {@code LineSplitter} bytes to lines. Nothing here knows Logyard: no events,
 * no bus, no configuration.
 */
@NullMarked
package logyard.core.tail;

import org.jspecify.annotations.NullMarked;
