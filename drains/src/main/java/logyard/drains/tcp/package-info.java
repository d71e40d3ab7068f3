/**
 * Lines and syslog messages over TCP and TLS: {@link logyard.drains.tcp.TcpDrainType} opens a {@link
 * logyard.drains.tcp.TcpDrain}, which has one {@link logyard.drains.tcp.TcpConnection} after the other.
 */
@NullMarked
package logyard.drains.tcp;

import org.jspecify.annotations.NullMarked;
