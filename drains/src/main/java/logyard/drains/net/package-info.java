/**
 * What drains over the network share: threads ({@link logyard.drains.net.Network}) and the way to a target ({@link
 * logyard.drains.net.Dialer}). Knows no drain type.
 */
@NullMarked
package logyard.drains.net;

import org.jspecify.annotations.NullMarked;
