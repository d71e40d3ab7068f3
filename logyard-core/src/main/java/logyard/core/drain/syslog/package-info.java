/**
 * Events as syslog messages, {@link logyard.core.drain.syslog.Rfc5424Format} and {@link
 * logyard.core.drain.syslog.Rfc3164Format}, and the frame that tells a receiver where one ends ({@link
 * logyard.core.drain.syslog.OctetCounting}). Knows no connection.
 */
@NullMarked
package logyard.core.drain.syslog;

import org.jspecify.annotations.NullMarked;
